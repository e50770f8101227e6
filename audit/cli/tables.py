"""``granska tables``: the tables of a report, as they were read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audit.cli import options
from audit.language import Words, translation

if TYPE_CHECKING:
    from audit.model import AuditedReport


@click.command()
@options.settled_reports_argument
@options.output_option(".json", ".csv", ".html", ".xlsx", ".parquet")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    help="What goes to standard output (text).",
)
@options.pages_option
@click.option(
    "--table",
    "named",
    multiple=True,
    type=options.Names(),
    metavar="ID",
    help="Only this table, for instance p8t1; repeatable, or comma-separated.",
)
@click.option(
    "--debug-pdf",
    "drawn",
    type=options.Output((".pdf",)),
    metavar="FILE",
    help="Also write FILE: the pages with what was read drawn over them.",
)
@click.option(
    "--coverage",
    is_flag=True,
    help="Mark each figure: agrees (✓), differs (✗), not covered (○), and by which rules.",
)
@options.rules_option
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
    named: Sequence[tuple[str, ...]],
    drawn: Path | None,
    coverage: bool,
    folders: Sequence[Path],
    jobs: int | None,
    timeout: float,
    words: Words,
    no_color: bool,
) -> None:
    """Show the tables of reports as they were read.

    Several reports go into one file. Exit codes: 0, or 2 for wrong usage or a report that could
    not be read.
    """
    from audit.cli.auditing import (  # noqa: PLC0415
        audit_all,
        exit_code,
        refuse_parquet,
        refuse_reports,
        say_unread,
        write,
    )
    from audit.cli.rulebook import chosen  # noqa: PLC0415

    refuse_parquet(outputs, words)
    refuse_reports(reports, [*outputs, *([drawn] if drawn else [])], words)

    # That sums agree says how surely they were read; what disagrees is said with --coverage alone.
    rules = chosen(folders, None, None)
    audits = audit_all(reports, rules, pages, jobs, timeout, progress=True)
    if wanted := frozenset(chain.from_iterable(named)):
        audits = _narrowed(audits, wanted, words)
    shown = audits if coverage else _unmarked(audits)
    if form == "text":
        _show(shown, words, no_color)
    else:
        click.echo(_content(f".{form}", audits, shown, words), nl=False)
    say_unread(audits, words)
    written = [
        write(path, _content(path.suffix.lower(), audits, shown, words), words) for path in outputs
    ]
    if drawn:
        from audit.runner import apart  # noqa: PLC0415

        made = apart(_drawn, (shown, bool(wanted), words.language), timeout * len(reports))
        if not made:
            said = (
                words.say("{path} was not written: the pages could not be drawn on.", path=drawn)
                if made is None
                else words.say("{path} was not written: there is no page to draw on.", path=drawn)
            )
            click.echo(said, err=True)
        written.append(write(drawn, made, words) if made else False)
    ctx.exit(exit_code(audits, (), all(written)))


def _narrowed(
    audits: Sequence[AuditedReport], wanted: Collection[str], words: Words
) -> list[AuditedReport]:
    """The reports with no other tables than those ``wanted``.

    Raises click.UsageError for an id that no report has.
    """
    read = [audited.report for audited in audits if audited.report]
    there = dict.fromkeys(table.id for report in read for table in report.document.tables)
    missing = sorted(set(wanted) - set(there))
    if missing and read:
        said = words.say(
            "There is no table {missing}. Those that were read: {there}.",
            missing=", ".join(missing),
            there=", ".join(there) or "–",
        )
        raise click.UsageError(said)
    return [_only(audited, wanted) for audited in audits]


def _only(audited: AuditedReport, wanted: Collection[str]) -> AuditedReport:
    report = audited.report
    if report is None:
        return audited
    document = report.document
    kept = tuple(table for table in document.tables if table.id in wanted)
    grids = tuple(grid for grid in report.grids if grid.table.id in wanted)
    narrow = replace(report, document=replace(document, tables=kept), grids=grids)
    coverage = {table: known for table, known in audited.coverage.items() if table in wanted}
    return replace(audited, report=narrow, coverage=coverage)


def _drawn(audits: Sequence[AuditedReport], only_tables: bool, language: str) -> bytes:
    """The pages with the reading drawn over them, for a process that is told a language's name."""
    from audit.output.drawn import drawn_pdf  # noqa: PLC0415

    return drawn_pdf(audits, only_tables, translation(language))


def _unmarked(audits: Sequence[AuditedReport]) -> list[AuditedReport]:
    """The reports without a word on what became of their figures."""
    return [replace(audited, fates={}, coverage={}) for audited in audits]


def _show(audits: Sequence[AuditedReport], words: Words, no_color: bool) -> None:
    from audit.cli.screen import screen  # noqa: PLC0415
    from audit.output.tables import render  # noqa: PLC0415

    console = screen(no_color)
    for audited in audits:
        if audited.report:
            console.print(render(audited, words, console.width, named=len(audits) > 1))


def _content(
    suffix: str, audits: Sequence[AuditedReport], shown: Sequence[AuditedReport], words: Words
) -> str | bytes:
    """The file of that suffix: what is read by programs always says what became of each figure,
    what is read by people where it is ``shown``."""
    if suffix == ".json":
        from audit.output.json import tables_json  # noqa: PLC0415

        return tables_json(audits, words)
    if suffix == ".html":
        from audit.output.html import tables_html  # noqa: PLC0415

        return tables_html(shown, words)
    if suffix == ".xlsx":
        from audit.output.xlsx import tables_xlsx  # noqa: PLC0415

        return tables_xlsx(shown, words)
    if suffix == ".parquet":
        from audit.output.parquet import tables_parquet  # noqa: PLC0415

        return tables_parquet(audits)
    from audit.output.csv import tables_csv  # noqa: PLC0415

    return tables_csv(audits)
