"""``granska export``: what a store holds, for pandas, DuckDB, Excel."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from audit.cli import options
from audit.language import Words, message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from audit.model import Rule
    from audit.output.streamed import Stream
    from audit.store.store import Store

# What there is, by its name on the command line, and its sheet's.
KINDS = {
    "figures": message("Figures"),
    "findings": message("Findings"),
    "reports": message("Reports"),
    "comparisons": message("Comparisons"),
    "tables": message("Tables"),
}


@click.command(cls=options.SettledHere)
@click.argument("store", metavar="STORE")
@click.option(
    "-o",
    "--output",
    "outputs",
    multiple=True,
    required=True,
    type=options.Output((".parquet", ".csv", ".xlsx")),
    metavar="FILE",
    help="Write FILE; its suffix says how (.parquet .csv .xlsx); repeatable.",
)
@click.option(
    "--what",
    type=click.Choice(list(KINDS)),
    help="What is written (figures; in a workbook all of them, on a sheet each).",
)
@options.rules_option
@options.language_option
def export(
    store: str, outputs: Sequence[Path], what: str | None, folders: Sequence[Path], words: Words
) -> None:
    """Write what a scan has put into STORE, a file or the address of a database.

    Exit codes: 0, or 2 where the store or a file cannot be used.
    """
    from audit.cli.auditing import refuse_parquet, refuse_reports, write_by  # noqa: PLC0415
    from audit.cli.rulebook import chosen  # noqa: PLC0415
    from audit.store import StoreError, opened  # noqa: PLC0415

    refuse_parquet(outputs, words)
    if "://" not in store:
        refuse_reports([Path(store)], outputs, words)
    rules = {rule.code: rule for rule in chosen(folders, None, None)}
    try:
        with opened(store, archive=None, create=False) as kept:
            written = [
                write_by(path, _writer(path, what, kept, rules, words), words) for path in outputs
            ]
    except StoreError as error:
        raise click.UsageError(error.said(words)) from error
    if not all(written):
        raise SystemExit(2)


def _writer(
    path: Path, what: str | None, store: Store, rules: Mapping[str, Rule], words: Words
) -> Callable[[IO[bytes]], None]:
    """What fills the file at ``path``."""
    from audit.output import streamed  # noqa: PLC0415

    def stream(kind: str) -> Stream:
        return _stream(kind, store, rules, words)

    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        wanted = [what] if what else list(KINDS)
        return lambda file: streamed.write_xlsx(file, map(stream, wanted))
    one = streamed.write_csv if suffix == ".csv" else streamed.write_parquet
    return lambda file: one(file, stream(what or "figures"))


def _stream(kind: str, store: Store, rules: Mapping[str, Rule], words: Words) -> Stream:
    from audit.output.streamed import Stream  # noqa: PLC0415
    from audit.store import export as held  # noqa: PLC0415

    name = words.translate(KINDS[kind])
    if kind == "findings":
        return Stream(name, {**held.REPORT, **_finding_columns()}, _findings(store, rules, words))
    columns, rows = {
        "figures": (held.FIGURES, held.figures),
        "reports": (held.REPORTS, held.reports),
        "comparisons": (held.COMPARISONS, held.comparisons),
        "tables": (held.TABLES, held.tables),
    }[kind]
    return Stream(name, columns, rows(store))


def _finding_columns() -> Mapping[str, type]:
    """Those of ``granska check -o x.csv``, but for the path of the report."""
    from audit.output.csv import FINDINGS  # noqa: PLC0415

    numbers = dict.fromkeys(("actual", "expected", "difference", "proposed"), Decimal)
    kinds: Mapping[str, type] = {"page": int, **numbers}
    return {name: kinds.get(name, str) for name in FINDINGS[1:]} | {"against": str}


def _findings(store: Store, rules: Mapping[str, Rule], words: Words) -> Iterator[Sequence[object]]:
    """Each finding with its report; ``against`` is the SHA-256 of the earlier report that it was
    found against, where it was."""
    from audit.output.csv import finding_line  # noqa: PLC0415
    from audit.store import export as held  # noqa: PLC0415

    kinds = _finding_columns()
    for entry, finding in held.findings(store, rules):
        said = finding_line(entry.names[0], finding, words)[1:]
        against = getattr(finding.subject, "against", "")
        line = zip(kinds.values(), (*said, against), strict=True)
        yield (*held.head(entry), *(_typed(kind, value) for kind, value in line))


def _typed(kind: type, value: object) -> object:
    if kind is str:
        return value
    return None if value == "" else kind(value)
