"""``granska compare``: what a report says of the past beside what was printed then."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audit.cli import options
from audit.language import Words

if TYPE_CHECKING:
    from audit.model import AuditedReport, Rule


@click.command()
@options.settled_pair_argument
@options.output_option(".json", ".csv")
@options.format_option
@options.rules_option
@options.select_option
@options.ignore_option
@options.fail_on_option
@options.accepted_option
@options.timeout_option
@options.language_option
@options.no_color_option
@click.option("--quiet", is_flag=True, help="One line for each finding and nothing else.")
@click.option("--verbose", is_flag=True, help="Also what agreed by rounding or was undecided.")
@click.pass_context
def compare(
    ctx: click.Context,
    reports: tuple[Path, Path],
    outputs: Sequence[Path],
    form: str,
    folders: Sequence[Path],
    select: tuple[str, ...] | None,
    ignore: tuple[str, ...] | None,
    fail_on: str,
    accepted: Path | None,
    timeout: float,
    words: Words,
    no_color: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Hold a report against an earlier one: do its comparatives say what was printed then?

    NEW.pdf may also be a municipality's report, and OLD.pdf that of one of its boards or companies
    on the same period.
    """
    if quiet and verbose:
        raise click.UsageError("--quiet and --verbose exclude each other.")
    from audit.cli.auditing import (  # noqa: PLC0415
        audit_all,
        exit_code,
        refuse_reports,
        say_unread,
        write,
    )
    from audit.cli.check import answer, as_text  # noqa: PLC0415
    from audit.cli.deciding import accepted_by, marked  # noqa: PLC0415
    from audit.cli.rulebook import chosen  # noqa: PLC0415

    refuse_reports(reports, outputs, words)
    rules: Sequence[Rule] = chosen(folders, select, ignore)
    decisions = accepted_by(reports[1:], accepted)
    every = chosen(folders, None, None)  # the reports' own arithmetic tells which figures are sure
    audits = audit_all(reports, every, None, None, timeout, progress=not quiet)
    if any(audited.report is None for audited in audits):
        say_unread(audits, words)
        ctx.exit(2)
    both = [_compared(audits, rules, words)]
    both = marked(both, decisions, words, whole=False)
    failing = options.failing(fail_on)
    answer(both, form, words, no_color, quiet, verbose, exit_code(both, failing, True))
    written = [write(path, as_text(path.suffix.lower(), both, words), words) for path in outputs]
    ctx.exit(exit_code(both, failing, all(written)))


def _compared(
    audits: Sequence[AuditedReport], rules: Sequence[Rule], words: Words
) -> AuditedReport:
    """The newer report beside the older. What one of them does not say of itself is said on
    standard error. Raises click.UsageError for two that have nothing that must agree."""
    from audit.beside import IncomparableError, kinship  # noqa: PLC0415
    from audit.output.plain import clean  # noqa: PLC0415
    from audit.pipeline import compared  # noqa: PLC0415

    older, newer = (audited.report for audited in audits)
    assert older is not None
    assert newer is not None
    try:
        why = kinship(older, newer)
    except IncomparableError as error:
        details = {name: clean(said) for name, said in error.details.items()}
        raise click.UsageError(words.say(error.says, **details)) from error
    for audited, report in zip(audits, (older, newer), strict=True):
        if not report.organisation:
            said = words.say("{path} does not say whose report it is.", path=audited.path)
            click.echo(said, err=True)
        if report.period is None:
            said = words.say("{path} does not say which period it is on.", path=audited.path)
            click.echo(said, err=True)
    return compared(audits[0], audits[1], why, rules)
