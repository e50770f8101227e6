"""Audited reports built by hand, in the shape that the pipeline gives: for tests of what stands
behind it (output, cli). The tables are two of a published interim report, with its faults."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal

from audit.model import (
    Amount,
    AuditedReport,
    Basis,
    Box,
    Cell,
    Column,
    Comparison,
    Coverage,
    Diagnosis,
    Document,
    Ending,
    Fate,
    Figure,
    Finding,
    Footnote,
    Grid,
    Measure,
    Page,
    Passage,
    PassageKind,
    Period,
    Reading,
    Remark,
    Report,
    Role,
    Row,
    Rule,
    Severity,
    Status,
    Style,
    Table,
    Tally,
    Term,
    Unit,
    UnitKind,
)

TKR = Unit("tkr", 3, UnitKind.MONEY)
STYLE = Style(9.0)
ONE = Decimal(1)

MEASURES = {
    "Prognos helår": Measure.FORECAST,
    "Budget 2021": Measure.BUDGET,
    "Avvikelse": Measure.DEVIATION,
    "Bokslut 2020": Measure.ACCOUNTS,
    "Jan-aug 2020": Measure.OUTTURN,
}

FORECAST = """
| Verksamhet                  | Prognos helår | Budget 2021 | Avvikelse | Bokslut 2020 |
| Kommunstyrelsen             | 28 497        | 25 646      | -2 851    | 153 510      |
| Kommunledningsstaben        | 180 065       | 183 043     | 2 978     | 18 936       |
| Planeringsstaben            | 51 839        | 54 412      | 2 573     | 29 317       |
| Digitaliseringsstaben       | 18 937        | 19 237      | 300       | 12 318       |
| Näringsliv och tillväxtstaben | 43 724      | 45 280      | 1 556     | 38 485       |
| Ekonomistaben               | 89 998        | 91 586      | 1 588     | 46 015       |
| HR-staben                   | 64 921        | 67 753      | 2 832     | 43 991       |
| Kommunikationsstaben        | 35 134        | 36 572      | 1 438     | 35 951       |
| Administrativa staben       | 19 150        | 21 578      | 2 428     | 70 856       |
| Summa nettokostnader, tkr   | 532 265       | 545 107     | 12 842    | 449 379      |
| varav kostnader             | 622 265       | 625 933     | 3 668     | 156 362      |
| varav intäkter              | 90 000        | 80 826      | 9 174     | 605 741      |
| Verksamhetsstöd och service | -8 245        | 0           | -8 245    | -6 773       |
| varav kostnader             | 354 881       | 356 658     | 354 881   | 285 265      |
| varav intäkter              | -363 126      | -356 658    | -363 126  | -292 038     |
"""

OUTTURN = """
| Verksamhet                  | Utfall | Budget | Avvikelse | Jan-aug 2020 |
| Kommunstyrelsen             | 17 000 | 18 500 | 1 500     | 18 936       |
| Kommunledningsstaben        | 95 000 | 96 200 | 1 200     | 90 027       |
| Verksamhetsstöd och service | -11 236 | -1 635 | -9 601   | -8 486       |
"""

FOOTNOTE = "Minustecken framför beloppen motsvarar ett positivt resultat."


def amount(text: str, unit: Unit = TKR) -> Amount:
    digits = text.replace(" ", "").replace(",", ".").replace("\N{MINUS SIGN}", "-")
    printed = Decimal(digits)
    exponent = printed.as_tuple().exponent
    assert isinstance(exponent, int)
    step = Decimal(1).scaleb(exponent + unit.exponent)
    return Amount(printed.scaleb(unit.exponent), step, unit)


def grid(name: str, page: int, title: str, markdown: str, unit: Unit = TKR) -> Grid:
    """A grid of a Markdown table; "varav" rows and "Summa" rows get their roles."""
    lines = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in markdown.strip().splitlines()
    ]
    cells = {
        (row, column): Cell(text, row, column, _box(page, row, column), STYLE, header=row == 0)
        for row, line in enumerate(lines)
        for column, text in enumerate(line)
        if text
    }
    columns = tuple(
        Column(index, header, MEASURES.get(header))
        for index, header in enumerate(lines[0])
        if index
    )
    rows = _rows([line[0] for line in lines[1:]])
    figures = {
        (row.index, column.index): Figure(
            amount(cells[row.index, column.index].text, unit),
            row.label,
            row.path,
            column.measure,
            None,
            None,
            "",
            cells[row.index, column.index],
            name,
            row.index,
            column.index,
            column.header,
        )
        for row in rows
        for column in columns
        if re.search(r"\d", lines[row.index][column.index])
    }
    notes = (Footnote("*", FOOTNOTE, Box(page, 60, 700, 400, 710)),)
    region = Box.around(cell.box for cell in cells.values())
    table = Table(
        name, title, "belopp tkr", tuple(cells.values()), 1, notes, (region,), "pdfium", 0.98
    )
    return Grid(table, unit, columns, rows, figures)


def _box(page: int, row: int, column: int) -> Box:
    left = 60.0 if column == 0 else 180.0 + 60.333 * column
    return Box(page, left, 100.0 + 14 * row, left + 50, 110.0 + 14 * row)


def _rows(labels: Sequence[str]) -> tuple[Row, ...]:
    rows: list[Row] = []
    parent = ""
    for index, label in enumerate(labels, start=1):
        below = label.startswith("varav")
        role = Role.OF_WHICH if below else Role.TOTAL if "Summa" in label else Role.ITEM
        parent = parent if below else label
        path = (parent,) if below else ()
        rows.append(Row(index, label, role, level=int(below), path=path, italic=below))
    return tuple(rows)


def rule(code: str, severity: Severity, sv: str, en: str) -> Rule:
    why = {"sv": "Därför att det ska stämma.", "en": "Because it has to agree."}
    title = {"sv": sv, "en": en}
    return Rule(code, "check", severity, title, why, {}, "RKR R17", (), "", "built-in")


DEV201 = rule(
    "DEV201",
    Severity.ERROR,
    "Avvikelsen stämmer inte med budget och prognos",
    "The deviation does not agree with budget and forecast",
)
SUM104 = rule(
    "SUM104",
    Severity.ERROR,
    "Kostnader och intäkter ger inte nettot",
    "Costs and income do not give the net",
)
YOY301 = rule(
    "YOY301",
    Severity.WARNING,
    "Del av året överstiger helåret",
    "Part of the year exceeds the whole year",
)
DEV202 = rule(
    "DEV202",
    Severity.NOTE,
    "Tecknet följer en annan regel i dessa rader",
    "The sign follows another convention in these rows",
)

BASIS = Basis(labelled=True, agreeing=11, siblings=13)


def equation(
    code: str, stated: Figure, *terms: tuple[int, Figure, str], **more: object
) -> Comparison:
    expected = sum((factor * figure.amount.value for factor, figure, _ in terms), Decimal(0))
    slack = sum((figure.amount.slack for _, figure, _ in terms), Decimal(0))
    parts = tuple(Term(Decimal(factor), figure, name) for factor, figure, name in terms)
    return Comparison(code, stated, expected, expected, slack, parts, BASIS, **more)  # type: ignore[arg-type]


def deviation(at: Grid, row: int, **more: object) -> Comparison:
    """Forecast minus budget against the deviation, the convention of the last rows."""
    figures = at.figures
    return equation(
        "DEV201",
        figures[row, 3],
        (1, figures[row, 1], at.column(1).header),
        (-1, figures[row, 2], at.column(2).header),
        **more,
    )


def linkoping() -> AuditedReport:
    """The report with its four faults and the convention that a footnote explains."""
    outturn = grid("p4t1", 4, "Resultat 31 augusti 2021", OUTTURN)
    forecast = grid("p5t1", 5, "Prognos för helår 2021", FORECAST)
    at = forecast.figures
    footing = [
        equation("SUM101", at[10, column], *(part(at[row, column]) for row in range(1, 10)))
        for column in range(1, 5)
    ]
    costs, income = deviation(forecast, 14), deviation(forecast, 15)
    net_deviation = equation(
        "SUM104", at[13, 3], (1, at[14, 3], "varav kostnader"), (1, at[15, 3], "varav intäkter")
    )
    net = equation(
        "SUM104", at[10, 4], (1, at[11, 4], "varav kostnader"), (-1, at[12, 4], "varav intäkter")
    )
    months = part_of_year(outturn.figures[2, 4], at[2, 4])
    sign = deviation(
        outturn, 3, remark=Remark("sign-convention", FOOTNOTE, outturn.table.footnotes[0].box)
    )
    undecided = equation(
        "SUM102", outturn.figures[1, 1], (1, outturn.figures[2, 1], "x"), undecided="too few rows"
    )
    findings = (
        Finding(
            DEV201,
            Severity.ERROR,
            costs,
            copied(at[14, 3], at[14, 1], -1777),
            Reading.CONFIRMED,
            "a1" * 8,
        ),
        Finding(
            DEV201,
            Severity.ERROR,
            income,
            copied(at[15, 3], at[15, 1], -6468),
            Reading.CONFIRMED,
            "b2" * 8,
        ),
        Finding(
            SUM104,
            Severity.ERROR,
            net,
            Diagnosis("rows-exchanged", at[11, 4], Decimal(605741000), (at[12, 4],), 0),
            Reading.CONFIRMED,
            "c3" * 8,
        ),
        Finding(
            YOY301,
            Severity.WARNING,
            months,
            Diagnosis("rows-exchanged", at[2, 4], Decimal(153510000), (at[1, 4],), 2),
            Reading.UNCONFIRMED,
            "d4" * 8,
        ),
        Finding(DEV202, Severity.NOTE, sign, None, Reading.SINGLE, "e5" * 8),
    )
    heading = Passage(
        "Delårsrapport per den 31 augusti 2021",
        Box(1, 60, 80, 400, 100),
        PassageKind.HEADING,
        STYLE,
        1,
    )
    document = Document(
        "report.pdf",
        "0" * 64,
        tuple(Page(number, 595, 842, 1500, 0.0) for number in range(1, 10)),
        (outturn.table, forecast.table),
        (heading,),
    )
    period = Period(dt.date(2021, 1, 1), dt.date(2021, 8, 31))
    report = Report(
        document, "Kommunstyrelsen, Linköpings kommun", "delårsrapport", period, (outturn, forecast)
    )
    return AuditedReport(
        "samples/linkoping-ks-2021-08/report.pdf",
        Status.AUDITED,
        report,
        (*footing, costs, income, net_deviation, net, months, sign, undecided),
        findings,
        Tally(agrees=398, rounding=6, differs=8, undecided=2),
        {"p4t1": Coverage(9, 0, 3), "p5t1": Coverage(50, 7, 3)},
    )


def part(figure: Figure) -> tuple[int, Figure, str]:
    return (1, figure, figure.label)


def part_of_year(months: Figure, whole: Figure) -> Comparison:
    term = Term(ONE, whole, whole.header)
    low, high = Decimal("-Infinity"), whole.amount.value
    return Comparison("YOY301", months, low, high, whole.amount.slack, (term,), BASIS)


def copied(suspect: Figure, source: Figure, thousands: int) -> Diagnosis:
    proposed = Decimal(thousands).scaleb(3)
    return Diagnosis("copied-neighbour", suspect, proposed, (source,), confirmed_by=1)


def with_findings(audited: AuditedReport, findings: Sequence[Finding]) -> AuditedReport:
    return dataclasses.replace(audited, findings=tuple(findings))


def clean() -> AuditedReport:
    """A report in which everything agrees."""
    table = grid(
        "p2t1", 2, "Driftredovisning", "| | Utfall |\n| Skola | 12 |\n| Vård | 30 |\n| Summa | 42 |"
    )
    document = Document("clean.pdf", "1" * 64, (Page(1, 595, 842, 900, 0.0),), (table.table,), ())
    at = table.figures
    footing = equation("SUM101", at[3, 1], (1, at[1, 1], "Skola"), (1, at[2, 1], "Vård"))
    report = Report(document, "", "", None, (table,))
    fate = {"p2t1": Coverage(verified=3)}
    return AuditedReport("clean.pdf", Status.AUDITED, report, (footing,), (), Tally(agrees=1), fate)


def marked() -> AuditedReport:
    """A report with a figure of each ending."""
    table = grid("p1t1", 1, "Drift", "| | Utfall |\n| Skola | 12 |\n| Vård | 30 |\n| Summa | 43 |")
    document = Document("marked.pdf", "3" * 64, (Page(1, 595, 842, 900, 0.0),), (table.table,), ())
    fates = {
        ("p1t1", 1, 1): Fate(Ending.UNCOVERED),
        ("p1t1", 2, 1): Fate(Ending.VERIFIED, ("DEV201", "SUM101")),
        ("p1t1", 3, 1): Fate(Ending.CONTRADICTED, ("SUM101",)),
    }
    coverage = {"p1t1": Coverage(1, 1, 1, {"SUM101": 2, "DEV201": 1})}
    report = Report(document, "", "", None, (table,))
    return AuditedReport(
        "marked.pdf", Status.AUDITED, report, (), (), Tally(differs=1), coverage, fates=fates
    )


def without_tables() -> AuditedReport:
    document = Document("prose.pdf", "2" * 64, (Page(1, 595, 842, 900, 0.0),), (), ())
    return AuditedReport("prose.pdf", Status.NO_TABLES, Report(document, "", "", None, ()))


def unreadable(status: Status = Status.ENCRYPTED) -> AuditedReport:
    return AuditedReport(f"{status}.pdf", status, None, detail="a detail in English")
