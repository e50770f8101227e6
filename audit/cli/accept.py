"""``granska accept``: record an auditor's decision on a finding."""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Sequence
from pathlib import Path

import click

from audit.cli import options
from audit.language import Words


@click.command()
@click.argument("fingerprints", metavar="FINGERPRINT...", nargs=-1, required=True)
@click.option("--reason", required=True, help="Why the finding is accepted.")
@click.option(
    "--report",
    "reports",
    multiple=True,
    is_eager=True,
    callback=options.settle,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="REPORT.pdf",
    help="The report that the finding is in (every PDF of this folder); repeatable.",
)
@click.option("--by", metavar="NAME", help="Whose decision it is (the user's name).")
@options.accepted_option
@options.rules_option
@options.timeout_option
@options.language_option
@click.pass_context
def accept(
    ctx: click.Context,
    fingerprints: Sequence[str],
    reason: str,
    reports: Sequence[Path],
    by: str | None,
    accepted: Path | None,
    folders: Sequence[Path],
    timeout: float,
    words: Words,
) -> None:
    """Accept findings: later runs show them as accepted, and they do not fail.

    A finding is known by its FINGERPRINT (granska check --verbose), of which the first digits are
    enough. It keeps it in a new version of the report as long as its figures stay.
    """
    from audit.accepted import AcceptedError, added, load, meant  # noqa: PLC0415
    from audit.cli.auditing import audit_all, exit_code, say_unread, write  # noqa: PLC0415
    from audit.cli.deciding import place  # noqa: PLC0415
    from audit.cli.rulebook import chosen  # noqa: PLC0415
    from audit.model import Decision  # noqa: PLC0415

    if not reason.strip():
        raise click.UsageError("--reason must say why the finding is accepted.")
    reports = reports or sorted(Path.cwd().glob("*.pdf"))
    if not reports:
        raise click.UsageError("There is no PDF in this folder. Name the report with --report.")
    audits = audit_all(reports, chosen(folders, None, None), None, None, timeout, progress=True)
    say_unread(audits, words)
    every = [finding for audited in audits for finding in audited.findings]
    path = place(reports[0], accepted)
    today = dt.datetime.now(tz=dt.UTC).astimezone().date()
    who = by or getpass.getuser()
    try:
        known = {decision.fingerprint for decision in load(path)}
        found = [meant(prefix.lower(), every) for prefix in fingerprints]
        new = {one.fingerprint: one for one in found if one.fingerprint not in known}
        text = added(
            path,
            [
                Decision(mark, one.rule.code, one.concept, reason.strip(), who, today)
                for mark, one in new.items()
            ],
        )
    except AcceptedError as error:
        raise click.UsageError(str(error)) from error
    if not write(path, text, words):
        ctx.exit(2)
    for one in found:
        said = words.say("Accepted: {concept} ({path})", concept=one.concept, path=path)
        click.echo(said, err=True)
    ctx.exit(exit_code(audits, (), True))
