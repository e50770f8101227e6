"""``granska tables``: the tables of a report, as they were read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audit.cli import options
from audit.language import Words

if TYPE_CHECKING:
    from audit.model import AuditedReport


@click.command()
@options.reports_argument
@options.output_option(".json", ".csv")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    help="What goes to standard output (text).",
)
@options.pages_option
@options.jobs_option
@options.timeout_option
@options.language_option
@options.no_color_option
@click.pass_context
def tables(
    ctx: click.Context,
    reports: Sequence[Path],
    outputs: Sequence[Path],
    form: str,
    pages: frozenset[int] | None,
    jobs: int | None,
    timeout: float,
    words: Words,
    no_color: bool,
) -> None:
    """Show the tables of reports as they were read."""
    from audit.cli.auditing import audit_all, exit_code, say_unread, write  # noqa: PLC0415

    audits = audit_all(reports, (), pages, jobs, timeout, progress=True)
    if form == "text":
        _show(audits, words, no_color)
    else:
        click.echo(_text(f".{form}", audits, words), nl=False)
    say_unread(audits, words)
    written = [write(path, _text(path.suffix.lower(), audits, words), words) for path in outputs]
    ctx.exit(exit_code(audits, (), all(written)))


def _show(audits: Sequence[AuditedReport], words: Words, no_color: bool) -> None:
    from audit.cli.screen import screen  # noqa: PLC0415
    from audit.output.tables import render  # noqa: PLC0415

    console = screen(no_color)
    for audited in audits:
        if audited.report:
            console.print(render(audited, words, console.width, named=len(audits) > 1))


def _text(suffix: str, audits: Sequence[AuditedReport], words: Words) -> str:
    """The file of that suffix."""
    if suffix == ".json":
        from audit.output.json import tables_json  # noqa: PLC0415

        return tables_json(audits, words)
    from audit.output.csv import tables_csv  # noqa: PLC0415

    return tables_csv(audits)
