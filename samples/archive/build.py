"""Sets every report of the archive from ledger.toml, and writes what is to be found across them to
truth.json: ``python -m samples.archive.build`` from the project's root.

A ledger holds what three boards and their municipality earned, spent and budgeted in five years;
all that a report prints is made of it, so that everything agrees but the contradictions that the
ledger names.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent
LEDGER: Mapping[str, Any] = tomllib.loads((HERE / "ledger.toml").read_text("utf-8"))
FIRST = 2020  # the ledger's first year, of which there are only comparatives
YEARS = range(2021, 2025)
WITH_FIRST_TERTIAL = (2023, 2024)
SPENT = {4: 0.331, 8: 0.662, 12: 1.0}  # the share of the year's figure by months
FORESEEN = {4: 0.3, 8: 0.7}  # how much of the year's deviation a forecast knows
UNTIL = {4: "jan–apr", 8: "jan–aug"}
LONG = {4: "januari–april", 8: "januari–augusti"}
WHOLE, WHOLE_INTERIM = "kommunen", 2024

Values = dict[str, int]  # by row


@dataclass
class Table:
    """``columns`` by header, each with the values of ``rows`` in tkr (mnkr where ``millions``);
    the rows in ``bold`` are sums."""

    title: str
    rows: list[str]
    columns: dict[str, Values]
    bold: tuple[str, ...]
    millions: bool = False
    note: str = ""


@dataclass
class Report:
    name: str
    title: str
    body: str
    text: list[str]
    tables: list[Table] = field(default_factory=list)


def reports() -> Iterator[Report]:
    """Every report of the archive, its contradictions in it, in the order of their names."""
    made = [
        board_report(key, year, months)
        for key in LEDGER["boards"]
        for year in YEARS
        for months in ((4, 8, 12) if year in WITH_FIRST_TERTIAL else (8, 12))
    ]
    made += [whole_report(year, 12) for year in YEARS]
    made.append(whole_report(WHOLE_INTERIM, 8))
    yield from sorted((contradicted(one) for one in made), key=lambda one: one.name)


def board_report(key: str, year: int, months: int) -> Report:
    board = LEDGER["boards"][key]
    name = board_name(key, year)
    report = Report(
        name=f"{key}-{year}-{months:02}",
        title=f"Delårsrapport {LONG[months]} {year}" if months < 12 else f"Årsbokslut {year}",
        body=titled(name, year),
        text=[
            "Nämnden redovisar ekonomin mot den budget som fullmäktige har beslutat.",
            "Kostnader skrivs med minustecken. Alla belopp i tabellerna är i tusentals kronor.",
        ],
        tables=[
            Table(
                "Driftredovisning",
                [*board["rows"], "Nettokostnad"],
                columns(year, months, lambda *of: with_net(lines(key, *of))),
                bold=("Nettokostnad",),
            ),
            Table(
                "Nettokostnad per verksamhet",
                [*board["parts"], "Summa"],
                columns(year, months, lambda *of: parts(key, *of)),
                bold=("Summa",),
            ),
        ],
    )
    if months == 12:
        report.tables.append(equity(key, year))
    return report


def whole_report(year: int, months: int) -> Report:
    end = f"{year}-{months:02}-31"
    interim = months < 12
    report = Report(
        name=f"{WHOLE}-{year}-{months:02}",
        title=f"Delårsrapport per den 31 augusti {year}" if interim else f"Årsredovisning {year}",
        body=LEDGER["municipality"],
        text=[
            "Kommunens skatteintäkter och generella statsbidrag ökar. God ekonomisk hushållning"
            " bedöms råda.",
            "Balanskravet är uppfyllt, och den förväntade utvecklingen är stabil.",
        ],
    )
    report.tables = [
        Table(
            "Nettokostnad per nämnd",
            [*(board_name(key, year) for key in LEDGER["boards"]), "Kommunens kontor", "Summa"],
            columns(year, months, lambda *of: by_board(year, *of)),
            bold=("Summa",),
            millions=True,
        ),
        Table(
            "Resultaträkning",
            [
                "Verksamhetens nettokostnader",
                "Avskrivningar",
                "Skatteintäkter",
                "Generella statsbidrag",
                "Finansnetto",
                "Årets resultat",
            ],
            columns(year, months, income),
            bold=("Årets resultat",),
            millions=True,
        ),
        Table(
            "Balansräkning",
            [
                "Anläggningstillgångar",
                "Omsättningstillgångar",
                "Summa tillgångar",
                "Eget kapital",
                "Avsättningar",
                "Skulder",
                "Summa eget kapital och skulder",
            ],
            {end: balance(year, months), f"{year - 1}-12-31": balance(year - 1, 12)},
            bold=("Summa tillgångar", "Summa eget kapital och skulder"),
            millions=True,
        ),
    ]
    return report


# --- what the ledger says ------------------------------------------------------------------------


def columns(year: int, months: int, values: Callable[[str, int, int], Values]) -> dict[str, Values]:
    """The columns of a report on ``months`` of ``year``; ``values(kind, year, months)`` has those
    of one, where kind is accounts, budget or forecast."""
    if months == 12:
        accounts, budget = values("accounts", year, 12), values("budget", year, 12)
        return {
            f"Bokslut {year}": accounts,
            f"Bokslut {year - 1}": values("accounts", year - 1, 12),
            f"Budget {year}": budget,
            "Avvikelse": less(accounts, budget),
        }
    budget, forecast = values("budget", year, months), values("forecast", year, months)
    return {
        f"Utfall {UNTIL[months]} {year}": values("accounts", year, months),
        f"Utfall {UNTIL[months]} {year - 1}": values("accounts", year - 1, months),
        f"Budget {year}": budget,
        f"Prognos {year}": forecast,
        "Avvikelse": less(forecast, budget),
    }


def lines(key: str, kind: str, year: int, months: int) -> Values:
    """The rows of a board: of ``months`` of the year's accounts, of its budget as it was after so
    many months, or of the forecast that was made then."""
    at = year - FIRST
    rows: Mapping[str, Mapping[str, list[int]]] = LEDGER["boards"][key]["rows"]
    accounts = {row: said["accounts"][at] for row, said in rows.items()}
    if kind == "accounts":
        return {row: round(value * SPENT[months]) for row, value in accounts.items()}
    budget = {row: said["budget"][at] for row, said in rows.items()} | first_budget(
        key, year, months
    )
    if kind == "budget":
        return budget
    return {
        row: 100 * round((budget[row] + FORESEEN[months] * (value - budget[row])) / 100)
        for row, value in accounts.items()
    }


def first_budget(key: str, year: int, months: int) -> Values:
    """The rows of the budget that were others before they were changed."""
    rows = LEDGER["boards"][key]["rows"]
    return {
        row: rows[row]["budget"][year - FIRST] + better
        for said in LEDGER["contradictions"]
        if said.get("older") == f"{key}-{year}-{months:02}"
        for row, better in said.get("first_budget", {}).items()
    }


def with_net(values: Values) -> Values:
    return {**values, "Nettokostnad": sum(values.values())}


def parts(key: str, kind: str, year: int, months: int) -> Values:
    """The board's net cost by activity; what rounding leaves is the last one's. Each year's shares
    are a little others than the last one's."""
    net = sum(lines(key, kind, year, months).values())
    shares: Mapping[str, float] = LEDGER["boards"][key]["parts"]
    names = list(shares)
    drift = 0.002 * (year - FIRST) + (0.0007 if kind == "budget" else 0)
    found = {names[0]: round(net * (shares[names[0]] + drift))}
    found |= {name: round(net * shares[name]) for name in names[1:-1]}
    if kind == "forecast":
        found = {name: round(value, -2) for name, value in found.items()}
    found[names[-1]] = net - sum(found.values())
    return {**found, "Summa": net}


def net(key: str, kind: str, year: int, months: int) -> int:
    return sum(lines(key, kind, year, months).values())


def of_whole(row: str, kind: str, year: int, months: int) -> int:
    """A row that only the municipality has."""
    at = year - FIRST
    accounts, budget = (LEDGER["whole"][row][name][at] for name in ("accounts", "budget"))
    if kind == "accounts":
        return round(accounts * SPENT[months])
    known = FORESEEN.get(months, 0) if kind == "forecast" else 0
    return round(budget + known * (accounts - budget))


def by_board(named_in: int, kind: str, year: int, months: int) -> Values:
    found = {board_name(key, named_in): net(key, kind, year, months) for key in LEDGER["boards"]}
    found["Kommunens kontor"] = of_whole("offices", kind, year, months)
    return {**found, "Summa": sum(found.values())}


def income(kind: str, year: int, months: int) -> Values:
    found = {
        "Verksamhetens nettokostnader": by_board(year, kind, year, months)["Summa"],
        "Avskrivningar": of_whole("depreciation", kind, year, months),
        "Skatteintäkter": of_whole("taxes", kind, year, months),
        "Generella statsbidrag": of_whole("grants", kind, year, months),
        "Finansnetto": of_whole("interest", kind, year, months),
    }
    return {**found, "Årets resultat": sum(found.values())}


def balance(year: int, months: int) -> Values:
    """The municipality's balance after ``months`` of the year: what is left over is current
    assets."""
    whole, at = LEDGER["whole"], year - FIRST
    closed = sum(income("accounts", y, 12)["Årets resultat"] for y in range(FIRST, year))
    equity = whole["opening_equity"] + closed + income("accounts", year, months)["Årets resultat"]
    fixed, provisions, debts = (whole[name][at] for name in ("fixed_assets", "provisions", "debts"))
    total = equity + provisions + debts
    return {
        "Anläggningstillgångar": fixed,
        "Omsättningstillgångar": total - fixed,
        "Summa tillgångar": total,
        "Eget kapital": equity,
        "Avsättningar": provisions,
        "Skulder": debts,
        "Summa eget kapital och skulder": total,
    }


def equity(key: str, year: int) -> Table:
    """What a board brings along from year to year: what it has left of its budgets."""
    results = [net(key, "accounts", y, 12) - net(key, "budget", y, 12) for y in range(FIRST, year)]
    result = net(key, "accounts", year, 12) - net(key, "budget", year, 12)
    opening = 4800 + sum(results)
    rows = {
        "Ingående eget kapital": opening,
        "Årets resultat": result,
        "Utgående eget kapital": opening + result,
    }
    return Table("Eget kapital", list(rows), {str(year): rows}, bold=("Utgående eget kapital",))


def less(one: Values, other: Values) -> Values:
    return {row: one[row] - other[row] for row in one}


def board_name(key: str, year: int) -> str:
    board = LEDGER["boards"][key]
    renamed = board.get("renamed")
    name: str = renamed["to"] if renamed and year >= renamed["from"] else board["name"]
    return name


def titled(name: str, year: int) -> str:
    """The board as its reports of the year call it."""
    pattern: str = LEDGER["titles"][(year - YEARS[0]) % len(LEDGER["titles"])]
    lower = name[0].lower() + name[1:]
    return pattern.format(Board=name, board=lower, board_of=lower.removesuffix("en"))


# --- what is wrong in them -----------------------------------------------------------------------


def contradicted(report: Report) -> Report:
    """The report with what the ledger says that it contradicts."""
    for said in LEDGER["contradictions"]:
        if merged := said.get("merged"):
            board, year, _ = report.name.split("-")
            if said["report"].startswith(board) and int(year) <= merged["until"]:
                merge(_table(report, merged["table"]), merged["row"], merged["of"])
        if said["name"] == "renamed-board":
            board, year, _ = said["report"].split("-")
            if report.name.startswith(f"{board}-{year}"):
                report.text.append(said["says"])
        elif report.name in (said["report"], *said.get("again", ())) and "table" in said:
            contradict(_table(report, said["table"]), said)
    return report


def contradict(table: Table, said: Mapping[str, Any]) -> None:
    for row, value in said.get("prints", {}).items():
        table.columns[said["column"]][row] = value
    if exchanged := said.get("exchanges"):
        column, (one, other) = table.columns[said["column"]], exchanged
        column[one], column[other] = column[other], column[one]
    for row, more in said.get("moves", {}).items():
        table.columns[said["column"]][row] += more
        if "Avvikelse" in table.columns and said["column"] == next(iter(table.columns)):
            table.columns["Avvikelse"][row] += more
    for column in table.columns.values():
        for row in ("Ingående eget kapital", "Utgående eget kapital"):
            if "opening" in said:
                column[row] += said["opening"]
    table.note = said.get("says", "")


def merge(table: Table, row: str, of: Sequence[str]) -> None:
    table.rows[table.rows.index(of[0])] = row
    table.rows = [name for name in table.rows if name not in of]
    for column in table.columns.values():
        column[row] = sum(column.pop(name) for name in of)


def _table(report: Report, title: str) -> Table:
    return next(table for table in report.tables if table.title == title)


# --- how it is printed ---------------------------------------------------------------------------

LOOK = """#set document(date: none)
#set page("a4", margin: 25mm, header: text(8pt)[Exempelby kommun])
#set text(font: "Libertinus Serif", size: 10pt, lang: "sv", hyphenate: false)
#show heading.where(level: 1): set text(18pt)
#show heading.where(level: 2): set text(14pt)
#show heading.where(level: 3): set text(11pt)
#set table(stroke: none, inset: (x: 5pt, y: 3pt))
"""


def source(report: Report) -> str:
    """The report in Typst's language."""
    blocks = [LOOK, f"= {report.title}", f"== {report.body}", *report.text]
    blocks += [_set(table) for table in report.tables]
    return "\n\n".join(blocks) + "\n"


def _set(table: Table) -> str:
    unit = "mnkr" if table.millions else "tkr"
    head = [f"Belopp i {unit}", *table.columns]
    cells = [f"[*{cell}*]" for cell in head]
    for row in table.rows:
        texts = [row, *(printed(column[row], table) for column in table.columns.values())]
        cells += [f"[*{text}*]" if row in table.bold else f"[{text}]" for text in texts]
    wide = len(table.columns)
    drawn = (
        f"#table(columns: (1fr, {'auto, ' * wide}), align: (left, {'right, ' * wide}),"
        f"\n  table.hline(), {', '.join(cells[: wide + 1])}, table.hline(),"
        f"\n  {', '.join(cells[wide + 1 :])}, table.hline())"
    )
    note = f"\n\n#text(8pt)[{table.note}]" if table.note else ""
    return f"=== {table.title}\n\n{drawn}{note}"


def printed(value: int, table: Table) -> str:
    if table.millions:
        tenths = round(value / 100)
        whole, tenth = divmod(abs(tenths), 10)
        text = f"{whole:,}".replace(",", "~") + f",{tenth}"
        return ("−" if tenths < 0 else "") + text
    return ("−" if value < 0 else "") + f"{abs(value):,}".replace(",", "~")


def build(report: Report) -> bytes:
    """The report's PDF. Only the fonts that come with Typst are used: it is the same on every
    machine."""
    pdf: bytes = typst.compile(source(report).encode(), ignore_system_fonts=True, pdf_tags=False)
    return pdf


def truth(every: Sequence[Report]) -> dict[str, Any]:
    """Whose the reports are, and what is to be found across them: for each contradiction the
    newer report, the older one, and the findings as [rule, severity]."""
    kept = ("name", "what", "report", "older", "table", "column", "finds", "within", "also")
    return {
        "reports": {one.name: {"title": one.title, "body": one.body} for one in every},
        "contradictions": [
            {key: said[key] for key in kept if key in said} for said in LEDGER["contradictions"]
        ],
    }


def place(name: str) -> Path:
    """Where in the archive the report lies: a folder for each year."""
    return HERE / name.split("-")[1] / f"{name}.pdf"


if __name__ == "__main__":
    every = list(reports())
    for one in every:
        place(one.name).parent.mkdir(exist_ok=True)
        place(one.name).write_bytes(build(one))
    told = json.dumps(truth(every), ensure_ascii=False, indent=1)
    (HERE / "truth.json").write_text(told + "\n", "utf-8")
