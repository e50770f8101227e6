"""An archive in the shape that a scan leaves, from reports written as text: for tests of what
shows it (output, courses). Three boards, four years, two interim reports and the accounts each."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from audit import pipeline, rulebook
from audit.model import (
    Archive,
    AuditedReport,
    Comparison,
    Coverage,
    Decision,
    Ending,
    Entry,
    Fate,
    Figure,
    Finding,
    Origin,
    Printed,
    Reading,
    Report,
    Severity,
    Status,
    Tally,
    Term,
)
from audit.normalise import normalise
from audit.scan.courses import through_years
from tests import tables
from tests.reports import BASIS, rule

YEARS = (2020, 2021, 2022, 2023)
MUNICIPALITY = "Storå kommun"
BOARDS = {"Socialnämnden": 812_400, "Kultur- och fritidsnämnden": 96_300, "Tekniska nämnden": 0}

ARC701 = rule(
    "ARC701",
    Severity.ERROR,
    "Jämförelsetalet är ett annat än i den tidigare rapporten",
    "The comparative is not what the earlier report printed",
)


def digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def report(name: str, heading: str, board: str, *parts: tuple[str, str]) -> Report:
    """What is read from a report: ``parts`` are (title of a table, its Markdown)."""
    passages = [f"# {heading}", f"## {board}", f"Nämnden svarar för sin del av {MUNICIPALITY}."]
    drawn = [
        tables.table(text, title=title, unit="tkr", page=page)
        for page, (title, text) in enumerate(parts, start=3)
    ]
    document = tables.document(*drawn, passages=passages)
    return normalise(dataclasses.replace(document, name=name, sha256=digest(name)))


def audited(read: Report) -> AuditedReport:
    """The report under the whole rulebook, with no second reader."""
    return pipeline.judged(read.document.name, read, rulebook.load(()), lambda *_: {})


def entry(done: AuditedReport) -> Entry:
    """What an archive lists of a report that was read."""
    read = done.report
    assert read is not None
    found = Counter(one.severity for one in done.findings)
    covered = Counter(fate.tested for fate in done.fates.values())
    return Entry(
        read.document.sha256, (done.path,), done.status, done.detail, read.organisation, read.kind,
        read.period, read.municipality, len(read.document.pages), done.tally,
        Coverage(*(covered[ending] for ending in Ending)),
        *(found[severity] for severity in Severity),
        former=tuple(one.former for one in read.successions),
    )  # fmt: skip


def unread(name: str, status: Status, detail: str = "") -> Entry:
    return Entry(digest(name), (name,), status, detail, "", "", None, False, 0, Tally(), Coverage())


def printed(done: AuditedReport) -> Iterator[Printed]:
    """The figures of a report's tables."""
    assert done.report is not None
    for grid in done.report.grids:
        for (row, column), figure in grid.figures.items():
            at, over = grid.row(row), grid.column(column)
            fate = done.fates.get((grid.table.id, row, column), Fate(Ending.UNCOVERED))
            yield Printed(
                done.report.document.sha256, grid.table.id, grid.table.title, grid.statement, row,
                figure.label, figure.path, at.role, at.concept, figure.aspect, over.scope,
                figure.measure, figure.period, over.previous, figure.amount, figure.source.box,
                fate.tested, figure.trust < 1,
            )  # fmt: skip


def number(value: int) -> str:
    return f"{value:,}".replace(",", " ")


def board_reports(board: str, size: int) -> Iterator[Report]:
    """Two interim reports and the accounts of each year. What a board spends grows by three
    percent a year; its first forecast says the budget, its second half of what is to come."""
    folder = board.split(maxsplit=1)[0].casefold().rstrip("-")
    for year in YEARS:
        for months, part in ((4, "30 april"), (8, "31 augusti")):
            title = f"Prognos för helår {year}"
            rows = _forecast(size, year, months)
            heading = f"Delårsrapport per {part} {year}"
            yield report(f"{folder}/{year}-{months:02}.pdf", heading, board, (title, rows))
        rows = _accounts(size, year)
        heading = f"Årsredovisning {year}"
        yield report(f"{folder}/{year}-12.pdf", heading, board, (f"Bokslut {year}", rows))


def _budget(size: int, year: int) -> tuple[int, int]:
    grown = size * (100 + 3 * (year - YEARS[0])) // 100
    return grown or 184_200, 0 if grown else 184_200


def _outturn(size: int, year: int) -> tuple[int, int]:
    costs, income = _budget(size, year)
    off = {2020: 12, 2021: -7, 2022: 21, 2023: -3}[year]
    return costs + costs * off // 1000, income + income * off // 2000


def _forecast(size: int, year: int, months: int) -> str:
    costs, income = _budget(size, year)
    final, earned = _outturn(size, year)
    foretold = (costs, income) if months == 4 else ((costs + final) // 2, (income + earned) // 2)
    last = _outturn(size, year - 1) if year > YEARS[0] else (costs, income)
    return _rows(
        ("Prognos helår", f"Budget {year}", "Avvikelse", f"Bokslut {year - 1}"),
        foretold, (costs, income), last, deviation=True,
    )  # fmt: skip


def _accounts(size: int, year: int) -> str:
    last = _outturn(size, year - 1) if year > YEARS[0] else _budget(size, year)
    headers = (f"Bokslut {year}", f"Budget {year}", "Avvikelse", f"Bokslut {year - 1}")
    return _rows(headers, _outturn(size, year), _budget(size, year), last, deviation=True)


def _rows(headers: Sequence[str], *columns: tuple[int, int], deviation: bool) -> str:
    """Costs by two units, income, and the net; ``columns`` hold (costs, income)."""
    lines = ["| Verksamhet | " + " | ".join(headers) + " |"]
    parts = {
        "Ledning": lambda costs, income: costs // 5,
        "Drift och service": lambda costs, income: costs - costs // 5,
        "Verksamhetens kostnader": lambda costs, income: costs,
        "Verksamhetens intäkter": lambda costs, income: income,
        "Verksamhetens nettokostnader": lambda costs, income: costs - income,
    }
    for label, of in parts.items():
        first, second, last = (of(*column) for column in columns)
        sign = -1 if "intäkter" in label else 1
        cells = [first, second, sign * (second - first), last]
        lines.append(f"| {label} | " + " | ".join(map(number, cells)) + " |")
    return "\n".join(lines)


def across(newer: AuditedReport, older: AuditedReport) -> Finding:
    """The last year's net cost in ``newer``, misprinted, against what ``older`` printed."""
    stated, counterpart = _net(newer, 4), _net(older, 1)
    counterpart = dataclasses.replace(counterpart, table=f"{counterpart.table}@{_sha(older)[:8]}")
    wrong = dataclasses.replace(
        stated,
        amount=dataclasses.replace(stated.amount, value=stated.amount.value + 900_000),
        source=dataclasses.replace(stated.source, text=number(int(stated.amount.printed) + 900)),
    )
    value = counterpart.amount.value
    assert older.report is not None
    comparison = Comparison(
        "ARC701", wrong, value, value, counterpart.amount.slack,
        (Term(Decimal(1), counterpart, counterpart.header),), BASIS,
        against=Origin(
            older.report.document.sha256, older.report.organisation, older.report.kind,
            older.report.period,
        ),
    )  # fmt: skip
    return Finding(ARC701, Severity.ERROR, comparison, None, Reading.SINGLE, "a7" * 8)


def _net(done: AuditedReport, column: int) -> Figure:
    assert done.report is not None
    grid = done.report.grids[0]
    return grid.figures[grid.rows[-1].index, column]


def archive(more: Iterable[Entry] = ()) -> Archive:
    """Everything together: what a scan would show. ``more`` are further reports."""
    done = [audited(read) for board, size in BOARDS.items() for read in board_reports(board, size)]
    wrong = audited(misprinted())
    done.append(wrong)
    by_name = {one.path: one for one in done}
    arc = across(by_name["socialnämnden/2023-08.pdf"], by_name["socialnämnden/2022-12.pdf"])
    accepted = Decision(
        "b3" * 8, "SUM101", "Summa", "Avrundning i källan", "AB", dt.date(2024, 3, 1)
    )
    findings = [(_sha(one), finding) for one in done for finding in one.findings]
    findings.append((digest("socialnämnden/2023-08.pdf"), arc))
    findings.append(
        (
            _sha(wrong),
            dataclasses.replace(wrong.findings[0], accepted=accepted, fingerprint="b3" * 8),
        )
    )
    entries = [
        *(_counted(entry(one), findings) for one in done),
        unread("gammalt/låst.pdf", Status.ENCRYPTED),
        unread("gammalt/bilder.pdf", Status.NEEDS_OCR),
        unread("gammalt/slinga.pdf", Status.TIMEOUT, "300 s"),
        *more,
    ]  # fmt: skip
    figures = {_sha(one): list(printed(one)) for one in done}
    bodies = {
        name: [one for one in entries if one.organisation == name]
        for name in dict.fromkeys(one.organisation for one in entries)
        if name
    }
    courses, forecasts = through_years(
        bodies.items(), lambda reports: [one for sha in reports for one in figures.get(sha, ())]
    )
    return Archive("arkiv", tuple(entries), tuple(findings), courses, forecasts)


def _sha(done: AuditedReport) -> str:
    assert done.report is not None
    return done.report.document.sha256


def _counted(one: Entry, findings: Iterable[tuple[str, Finding]]) -> Entry:
    own = [finding for sha, finding in findings if sha == one.sha256]
    left = Counter(finding.severity for finding in own if not finding.accepted)
    accepted = sum(1 for finding in own if finding.accepted)
    return dataclasses.replace(
        one, errors=left[Severity.ERROR], warnings=left[Severity.WARNING],
        notes=left[Severity.NOTE], accepted=accepted,
    )  # fmt: skip


def misprinted() -> Report:
    """A report with a sum that does not add up, and words that would be markup or formulas."""
    rows = """
    | Verksamhet                        | Utfall jan-aug 2023 | Budget jan-aug 2023 |
    | <script>window.hurt=1</script>    | 1 200               | 1 250               |
    | =HYPERLINK("http://x.example";1)  | 800                 | 850                 |
    | </script><img src=x onerror=hurt> | 500                 | 500                 |
    | Summa                             | 2 600               | 2 600               |
    """
    name = 'miljö/"<b>2023</b>" & co.pdf'
    return report(
        name, "Delårsrapport per 31 augusti 2023", "Miljönämnden", ("Drift <i>2023</i>", rows)
    )
