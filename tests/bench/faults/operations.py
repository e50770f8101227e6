"""What boards and departments do: net costs against budget, investments, staff, key figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tests.bench.faults.draws import Draw
from tests.bench.faults.ledger import (
    ZERO,
    Head,
    Ledger,
    Line,
    Place,
    Quantity,
    Relation,
    Sheet,
    heads,
    parsed,
)
from tests.bench.faults.statements import Years

BOARDS = (
    "Kommunstyrelsen",
    "Överförmyndarnämnden",
    "Barn- och utbildningsnämnden",
    "Gymnasienämnden",
    "Socialnämnden",
    "Äldrenämnden",
    "Kultur- och fritidsnämnden",
    "Miljö- och byggnadsnämnden",
    "Tekniska nämnden",
    "Valnämnden",
    "Revisionen",
)
DEPARTMENTS = (
    "Förvaltningsledning",
    "Hemtjänst",
    "Särskilt boende",
    "Funktionsstöd",
    "Individ- och familjeomsorg",
    "Hälso- och sjukvård",
    "Bemanningsenheten",
    "Myndighetsutövning",
    "Nämndens verksamhet",
)
PROJECTS = (
    "Norra skolan",
    "Simhallen",
    "Ny förskola Ängen",
    "Gator och vägar",
    "Gång- och cykelvägar",
    "Fastighetsunderhåll",
    "Vattenverk",
    "IT-utrustning",
    "Lekplatser",
    "Reningsverk etapp 2",
)
GROUPS = ("Undersköterskor", "Sjuksköterskor", "Lärare", "Barnskötare", "Administratörer", "Chefer")


def keyed(names: Sequence[str], prefix: str) -> list[Line]:
    return [Line(f"{prefix}{number}", name) for number, name in enumerate(names)]


def total(key: str, label: str, parts: Sequence[Line]) -> Line:
    return Line(key, label, tuple((1, part.key) for part in parts), "total")


def shared_out(draw: Draw, whole: Decimal, keys: Sequence[str]) -> dict[str, Decimal]:
    """``whole`` in unequal parts, the last of them what remains."""
    weights = [draw.random.choice([0.004, 0.02, 0.1, 0.4, 1.0]) for _ in keys]
    parts = {
        key: draw.part(whole * Decimal(str(weight / sum(weights))), 0.9, 1.1)
        for key, weight in zip(keys, weights, strict=True)
    }
    parts[keys[0]] += whole - sum(parts.values(), ZERO)
    return parts


@dataclass(frozen=True, slots=True)
class Convention:
    """``sign`` is -1 where costs are printed as minus (then a deviation is outturn less budget)."""

    sign: int
    unit: str
    decimals: int

    def difference(self, outturn: str, budget: str) -> str:
        return f"{outturn} - {budget}" if self.sign < 0 else f"{budget} - {outturn}"


def drift(draw: Draw, ledger: Ledger, years: Years, at: Convention) -> Sheet:
    """Net costs board by board; their sum and the central items are the income statement's."""
    parts = keyed(draw.some(BOARDS, 6, 10), "n")
    summa = total("summa", "Summa nämnder", parts)
    central = Line("central", "Finansförvaltning")
    netto = Line("netto", "Verksamhetens nettokostnader", ((1, "summa"), (1, "central")), "total")
    if years.interim:
        template = (
            "nu = Utfall jan-aug {year}\nfjol = Utfall jan-aug {before}\nbudget = Budget {year}\n"
            "prognos = Prognos {year}\n"
            f"avvikelse = Avvikelse : {at.difference('prognos', 'budget')}"
        )
    else:
        template = (
            f"budget = Budget {{year}}\nnu = Utfall {{year}}\n"
            f"avvikelse = Avvikelse : {at.difference('nu', 'budget')}\nda = Utfall {{before}}"
        )
    columns = heads(template, year=years.year, before=years.year - 1)
    values = _like(draw, ledger, [line.key for line in parts], columns, at.sign)
    sheet = Sheet(
        "drift", "Driftredovisning per nämnd", at.unit, columns, (*parts, summa, central, netto),
        at.decimals,
    )  # fmt: skip
    ledger.add(sheet, lambda line, column: values[column][line])
    for column in values:
        ledger.tie(sheet.place("netto", column), Place("resultat", "netto", column), sign=-at.sign)
    return sheet


def _like(
    draw: Draw, ledger: Ledger, keys: Sequence[str], columns: Sequence[Head], sign: int
) -> dict[str, dict[str, Decimal]]:
    """For each column that is no difference the boards' net costs, alike from column to column."""
    plain = [head.key for head in columns if not head.formula]
    wholes = {column: -sign * ledger.exact(Place("resultat", "netto", column)) for column in plain}
    base = shared_out(draw, wholes[plain[0]] * Decimal("0.93"), keys)
    values: dict[str, dict[str, Decimal]] = {}
    for column in plain:
        ratio = wholes[column] / wholes[plain[0]]
        values[column] = {
            key: draw.near((value * ratio).quantize(Decimal(1)), 0.03 if column != plain[0] else 0)
            for key, value in base.items()
        }
        values[column]["central"] = wholes[column] - sum(values[column].values(), ZERO)
    return values


def sides(draw: Draw, ledger: Ledger, years: Years, at: Convention, of: Sheet) -> Sheet:
    """Costs and income of each board, whose net is that of ``of``."""
    parts = [line for line in of.lines if line.key.startswith("n") and line.key != "netto"]
    columns = heads(
        f"intakter = Intäkter {years.span}\nkostnader = Kostnader {years.span}\n"
        f"netto = Nettokostnad {years.span} : "
        + ("intakter + kostnader" if at.sign < 0 else "kostnader - intakter")
    )
    sheet = Sheet(
        "sidor", "Nämndernas kostnader och intäkter", at.unit, columns,
        (*parts, total("summa", "Summa nämnder", parts)), at.decimals,
    )  # fmt: skip
    income = {
        line.key: draw.part(abs(ledger.exact(of.place(line.key, "nu"))), 0.02, 0.4)
        for line in parts
    }

    def leaf(line: str, column: str) -> Decimal:
        netto = ledger.exact(of.place(line, "nu"))
        costs = netto - income[line] if at.sign < 0 else netto + income[line]
        return income[line] if column == "intakter" else costs

    ledger.add(sheet, leaf)
    for line in (*parts, sheet.lines[-1]):
        ledger.tie(sheet.place(line.key, "netto"), of.place(line.key, "nu"))
    return sheet


def departments(draw: Draw, ledger: Ledger, years: Years, at: Convention) -> list[Sheet]:
    """A board's own two tables, period and full year, with of-which rows under each department."""
    names = draw.some(DEPARTMENTS, 4, 7)
    parts = [line for number, name in enumerate(names) for line in _department(number, name, at)]
    tops = [line for line in parts if not line.look]
    rows = (*parts, total("summa", "Summa", tops))
    difference = at.difference("nu", "budget")
    period = heads(
        f"nu = Utfall jan-aug {{year}}\nbudget = Budget jan-aug {{year}}\n"
        f"avvikelse = Avvikelse : {difference}\nfjol = Utfall jan-aug {{before}}",
        year=years.year, before=years.year - 1,
    )  # fmt: skip
    whole = heads(
        f"nu = Prognos {{year}}\nbudget = Budget {{year}}\navvikelse = Avvikelse : {difference}\n"
        f"fjol = Bokslut {{before}}",
        year=years.year, before=years.year - 1,
    )  # fmt: skip
    base = {
        line.key: at.sign * (draw.money(4, 400) if draw.chance(0.8) else draw.money(0.3, 3))
        for line in tops
    }
    year = {key: _columns(draw, value) for key, value in base.items()}
    part = {
        key: {column: draw.part(value, 0.64, 0.67) for column, value in row.items()}
        for key, row in year.items()
    }
    return [
        _departments(draw, ledger, at, "period", f"Resultat per den 31 augusti {years.year}",
                     period, rows, part),
        _departments(draw, ledger, at, "helar", f"Prognos för helåret {years.year}",
                     whole, rows, year),
    ]  # fmt: skip


def _department(number: int, name: str, at: Convention) -> list[Line]:
    costs, income = f"k{number}", f"i{number}"
    return [
        Line(f"d{number}", name, parsed(f"{costs} {'+' if at.sign < 0 else '-'} {income}")),
        Line(costs, "varav kostnader", look="of-which"),
        Line(income, "varav intäkter", look="of-which", turned=at.sign > 0),
    ]


def _columns(draw: Draw, base: Decimal) -> dict[str, Decimal]:
    """Net: budget, outturn or forecast, year before."""
    budget = draw.part(base, 1.0, 1.05)
    return {"fjol": base, "budget": budget, "nu": draw.near(budget, 0.03)}


def _departments(
    draw: Draw,
    ledger: Ledger,
    at: Convention,
    name: str,
    title: str,
    columns: tuple[Head, ...],
    rows: tuple[Line, ...],
    values: dict[str, dict[str, Decimal]],
) -> Sheet:
    income = {
        (key, column): draw.part(abs(net), 0.05, 0.3)
        for key, row in values.items()
        for column, net in row.items()
    }

    def leaf(line: str, column: str) -> Decimal:
        key = f"d{line[1:]}"
        gain = income[key, column]
        net = values[key][column]
        return gain if line[0] == "i" else (net - gain if at.sign < 0 else net + gain)

    sheet = Sheet(name, title, at.unit, columns, rows, at.decimals)
    return ledger.add(sheet, leaf)


def investments(draw: Draw, ledger: Ledger, years: Years, at: Convention) -> Sheet:
    parts = keyed(draw.some(PROJECTS, 5, 9), "p")
    if years.interim:
        template = (
            f"nu = Utfall jan-aug {years.year}\nbudget = Budget {years.year}\n"
            f"prognos = Prognos {years.year}\navvikelse = Avvikelse : budget - prognos"
        )
    else:
        template = (
            f"budget = Budget {years.year}\nprognos = Utfall {years.year}\n"
            f"avvikelse = Avvikelse : budget - prognos"
        )
    values: dict[str, dict[str, Decimal]] = {}
    for line in parts:
        budget = draw.money(5, 160) if draw.chance(0.7) else draw.money(0.2, 4)
        prognos = draw.near(budget, 0.3) if draw.chance(0.85) else budget
        done = ZERO if draw.chance(0.1) else draw.part(prognos, 0.2, 0.8)
        values[line.key] = {"budget": budget, "prognos": prognos, "nu": done}
    sheet = Sheet(
        "investeringar", "Investeringar", at.unit, heads(template),
        (*parts, total("summa", "Summa investeringar", parts)), at.decimals,
    )  # fmt: skip
    return ledger.add(sheet, lambda line, column: values[line][column])


def staff(draw: Draw, ledger: Ledger, years: Years) -> Sheet:
    """Women, men and all of them, this year; all of them the year before."""
    parts = keyed(draw.some(GROUPS, 4, 6), "g")
    sheet = Sheet(
        "personal", "Antal anställda", "antal",
        heads(f"kvinnor = Kvinnor {years.year}\nman = Män {years.year}\n"
              f"alla = Totalt {years.year} : kvinnor + man\nforr = Totalt {years.year - 1}"),
        (*parts, total("summa", "Summa", parts)),
    )  # fmt: skip
    count = {line.key: draw.random.randint(18, 900) for line in parts}
    women = {key: int(number * draw.random.uniform(0.5, 0.93)) for key, number in count.items()}
    before = {key: int(number * draw.random.uniform(0.9, 1.1)) for key, number in count.items()}
    columns = {
        "kvinnor": women,
        "man": {key: count[key] - women[key] for key in count},
        "forr": before,
    }
    return ledger.add(sheet, lambda line, column: Decimal(columns[column][line]))


def absence(draw: Draw, ledger: Ledger, years: Years) -> Sheet:
    """Sick leave, per cent: that of all lies between that of women and that of men."""
    rows = (Line("s", "Sjukfrånvaro"), Line("k", "Korttidsfrånvaro"), Line("t", "Långtidsfrånvaro"))
    sheet = Sheet(
        "franvaro", "Sjukfrånvaro i procent", "%",
        heads("kvinnor = Kvinnor {year}\nman = Män {year}\nalla = Totalt {year}", year=years.year),
        rows, 1,
    )  # fmt: skip
    share = draw.random.uniform(0.7, 0.85)
    short = {side: draw.random.uniform(1.5, 3.5) for side in ("kvinnor", "man")}
    long = {side: draw.random.uniform(2.0, 5.0) for side in ("kvinnor", "man")}
    parts = {"k": short, "t": long, "s": {side: short[side] + long[side] for side in short}}

    def leaf(line: str, column: str) -> Decimal:
        part = parts[line]
        both = share * part["kvinnor"] + (1 - share) * part["man"]
        return Decimal(str(round(part.get(column, both), 9)))

    ledger.add(sheet, leaf)
    for line in rows:
        alla, one, two = (sheet.place(line.key, column) for column in ("alla", "kvinnor", "man"))
        terms = ((1, alla), (1, one), (1, two))
        ledger.relations.append(Relation("between", terms, between=True))
    return sheet


def growth(ledger: Ledger, years: Years, at: Convention) -> Sheet:
    """Taxes and grants of two years, with the growth in per cent."""
    now, before = ("nu", "fjol") if years.interim else ("nu", "da")
    rows = (
        Line("skatt", "Skatteintäkter"),
        Line("bidrag", "Generella statsbidrag och utjämning"),
        Line("summa", "Summa skatter och bidrag", parsed("skatt + bidrag"), "total"),
    )
    span = "jan-aug " if years.interim else ""
    sheet = Sheet(
        "skatter", "Skatteintäkter och bidrag", at.unit,
        heads(f"nu = Utfall {span}{years.year}\nda = Utfall {span}{years.year - 1}\n"
              "andring = Förändring i procent"),
        rows, at.decimals,
    )  # fmt: skip
    columns = {"nu": now, "da": before}

    def leaf(line: str, column: str) -> Decimal | None:
        if column == "andring":
            return None
        return ledger.exact(Place("resultat", line, columns[column]))

    only = replace(sheet, heads=sheet.heads[:2])
    ledger.add(only, leaf)
    ledger.sheets[-1] = sheet
    for line in rows:
        stated, one, other = (sheet.place(line.key, column) for column in ("andring", "nu", "da"))
        value = 100 * ledger.exact(one) / ledger.exact(other) - 100
        ledger.quantities[stated] = Quantity(value, Decimal("0.1"))
        ledger.quotient(stated, one, other, growth=True)
        if line.key != "summa":
            ledger.tie(one, Place("resultat", line.key, now))
            ledger.tie(other, Place("resultat", line.key, before))
    return sheet


def key_figures(ledger: Ledger, years: Years) -> Sheet:
    """Equity by assets, from the balance sheet."""
    sheet = Sheet(
        "nyckeltal", "Nyckeltal", "%",
        heads(f"nu = {years.day}\nda = {years.year - 1}-12-31"),
        (Line("soliditet", "Soliditet (%)"), Line("likviditet", "Kassalikviditet (%)")), 1,
    )  # fmt: skip
    for column in ("nu", "da"):

        def of(line: str, column: str = column) -> Decimal:
            return ledger.exact(Place("balans", line, column))

        liquid = of("fordringar") + of("kassa")
        ledger.quantities[sheet.place("soliditet", column)] = Quantity(
            100 * of("eget") / of("alla"), Decimal("0.1")
        )
        ledger.quantities[sheet.place("likviditet", column)] = Quantity(
            100 * liquid / of("kort"), Decimal("0.1")
        )
        ledger.quotient(
            sheet.place("soliditet", column),
            Place("balans", "eget", column),
            Place("balans", "alla", column),
        )
    ledger.sheets.append(sheet)
    return sheet
