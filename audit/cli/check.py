"""``granska check``: audit received reports."""

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
@options.settled_reports_argument
@options.output_option(".json", ".csv")
@options.format_option
@options.rules_option
@options.select_option
@options.ignore_option
@options.fail_on_option
@options.accepted_option
@options.pages_option
@options.jobs_option
@options.timeout_option
@options.language_option
@options.no_color_option
@click.option("--quiet", is_flag=True, help="One line for each finding and nothing else.")
@click.option("--verbose", is_flag=True, help="Also what agreed by rounding or was undecided.")
@click.pass_context
def check(
    ctx: click.Context,
    reports: Sequence[Path],
    outputs: Sequence[Path],
    form: str,
    folders: Sequence[Path],
    select: tuple[str, ...] | None,
    ignore: tuple[str, ...] | None,
    fail_on: str,
    accepted: Path | None,
    pages: frozenset[int] | None,
    jobs: int | None,
    timeout: float,
    words: Words,
    no_color: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Audit reports: do their figures agree with each other?"""
    if quiet and verbose:
        raise click.UsageError("--quiet and --verbose exclude each other.")
    from audit.cli.auditing import audit_all, exit_code, refuse_reports, write  # noqa: PLC0415
    from audit.cli.deciding import accepted_by, marked  # noqa: PLC0415
    from audit.cli.rulebook import chosen  # noqa: PLC0415

    refuse_reports(reports, outputs, words)
    rules: Sequence[Rule] = chosen(folders, select, ignore)
    decisions = accepted_by(reports, accepted)
    audits = audit_all(reports, rules, pages, jobs, timeout, progress=not quiet)
    audits = marked(audits, decisions, words, whole=pages is None and not select and not ignore)
    failing = options.failing(fail_on)
    answer(audits, form, words, no_color, quiet, verbose, exit_code(audits, failing, True))
    written = [write(path, as_text(path.suffix.lower(), audits, words), words) for path in outputs]
    ctx.exit(exit_code(audits, failing, all(written)))


def answer(
    audits: Sequence[AuditedReport],
    form: str,
    words: Words,
    no_color: bool,
    quiet: bool,
    verbose: bool,
    code: int,
) -> None:
    """What goes to standard output, and why reports were not read to standard error."""
    from audit.cli.auditing import say_unread  # noqa: PLC0415

    if form != "text":
        click.echo(as_text(f".{form}", audits, words), nl=False)
        say_unread(audits, words)
    elif quiet:
        from audit.output.brief import brief  # noqa: PLC0415

        read = [audited for audited in audits if audited.report]
        for line in (line for audited in read for line in brief(audited, words)):
            click.echo(line)
        say_unread([audited for audited in audits if not audited.report], words)
    else:
        _show(audits, words, no_color, verbose, code)


def _show(
    audits: Sequence[AuditedReport], words: Words, no_color: bool, verbose: bool, code: int
) -> None:
    from audit.cli.auditing import say_unread  # noqa: PLC0415
    from audit.cli.screen import screen  # noqa: PLC0415
    from audit.output.terminal import closing, render, render_all  # noqa: PLC0415

    console = screen(no_color)
    if len(audits) > 1:
        console.print(render_all(audits, words, console.width, verbose))
    elif audits[0].report:
        console.print(render(audits[0], words, console.width, verbose))
    else:
        say_unread(audits, words)
        return
    console.print(closing(audits, code, words))


def as_text(suffix: str, audits: Sequence[AuditedReport], words: Words) -> str:
    """The file of that suffix."""
    if suffix == ".json":
        from audit.output.json import audited_json  # noqa: PLC0415

        return audited_json(audits, words)
    from audit.output.csv import findings_csv  # noqa: PLC0415

    return findings_csv(audits, words)
