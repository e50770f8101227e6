"""Income statement, balance sheet, cash flow, balance requirement: municipality and company."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tests.bench.faults.draws import Draw
from tests.bench.faults.ledger import Head, Ledger, Place, Sheet, heads, lines

Values = dict[str, dict[str, Decimal]]
"""line -> column -> kronor"""

MUNICIPAL_RESULT = """
intakter | Verksamhetens intäkter
kostnader | Verksamhetens kostnader
avskrivningar | Avskrivningar
netto | **Verksamhetens nettokostnader** | intakter + kostnader + avskrivningar
skatt | Skatteintäkter
bidrag | Generella statsbidrag och utjämning
verksamhet | **Verksamhetens resultat** | netto + skatt + bidrag
finint | Finansiella intäkter
finkost | Finansiella kostnader
finans | **Resultat efter finansiella poster** | verksamhet + finint + finkost
extra | Extraordinära poster
arets | **{result}** | finans + extra
"""
COMPANY_RESULT = """
omsattning | Nettoomsättning
ovriga | Övriga rörelseintäkter
intakter | **Summa rörelsens intäkter** | omsattning + ovriga
material | Material och underhåll
externa | Övriga externa kostnader
personal | Personalkostnader
avskrivningar | Avskrivningar
kostnader | **Summa rörelsens kostnader** | material + externa + personal + avskrivningar
rorelse | **Rörelseresultat** | intakter + kostnader
finint | Ränteintäkter
finkost | Räntekostnader
finans | **Resultat efter finansiella poster** | rorelse + finint + finkost
dispositioner | Bokslutsdispositioner
skatt | Skatt på årets resultat
arets | **{result}** | finans + dispositioner + skatt
"""
BALANCE = """
tillgangar | # Tillgångar
immateriella | Immateriella tillgångar
mark | Mark, byggnader och tekniska anläggningar
maskiner | Maskiner och inventarier
finansiella | Finansiella anläggningstillgångar
anlaggning | **Summa anläggningstillgångar** | immateriella + mark + maskiner + finansiella
forrad | Förråd
fordringar | Kortfristiga fordringar
kassa | Kassa och bank
omsattning | **Summa omsättningstillgångar** | forrad + fordringar + kassa
alla | **Summa tillgångar** | anlaggning + omsattning
skulder | # Eget kapital, avsättningar och skulder
ingaende | Ingående eget kapital
arets | {result}
eget | **Summa eget kapital** | ingaende + arets
pensioner | Avsättningar för pensioner
avsatt | Andra avsättningar
avsattningar | **Summa avsättningar** | pensioner + avsatt
lang | Långfristiga skulder
kort | Kortfristiga skulder
skuld | **Summa skulder** | lang + kort
passiva | **Summa eget kapital, avsättningar och skulder** | eget + avsattningar + skuld
"""
CASH_FLOW = """
lopande | # Den löpande verksamheten
arets | {result}
avskrivningar | Justering för avskrivningar
avsattningar | Förändring av avsättningar
forrad | Förändring av förråd
fordringar | Förändring av kortfristiga fordringar
kort | Förändring av kortfristiga skulder
rorelse | **Kassaflöde från den löpande verksamheten** | \
arets + avskrivningar + avsattningar + forrad + fordringar + kort
investering | # Investeringsverksamheten
materiella | Investering i anläggningstillgångar
finansiella | Förändring av finansiella anläggningstillgångar
invest | **Kassaflöde från investeringsverksamheten** | materiella + finansiella
finansiering | # Finansieringsverksamheten
lan | Förändring av långfristiga skulder
finans | **Kassaflöde från finansieringsverksamheten** | lan
flode | **{flow}** | rorelse + invest + finans
oppning | Likvida medel vid {period} början
stangning | **Likvida medel vid {period} slut** | flode + oppning
"""
REQUIREMENT = """
arets | {result}
vinster | Samtliga realisationsvinster
forluster | Orealiserade förluster i värdepapper
justerat | **Resultat efter balanskravsjusteringar** | arets + vinster + forluster
reserv | Reservering till resultatutjämningsreserv
balans | **Balanskravsresultat** | justerat + reserv
"""


@dataclass(frozen=True, slots=True)
class Years:
    """``interim`` reports are per 31 August of ``year``."""

    year: int
    interim: bool

    @property
    def result(self) -> str:
        return "Periodens resultat" if self.interim else "Årets resultat"

    @property
    def day(self) -> str:
        return f"{self.year}-08-31" if self.interim else f"{self.year}-12-31"

    @property
    def span(self) -> str:
        return f"jan-aug {self.year}" if self.interim else f"{self.year}"


def columns(years: Years, budget: bool) -> tuple[Head, ...]:
    """The income statement's: ``nu`` is this period, ``da`` the closed year before it."""
    if years.interim:
        template = """
            nu = Utfall jan-aug {year}
            fjol = Utfall jan-aug {before}
            da = Bokslut {before}
            budget = Budget {year}
            prognos = Prognos {year}
            avvikelse = Avvikelse prognos mot budget : prognos - budget"""
    elif budget:
        template = """
            nu = Utfall {year}
            budget = Budget {year}
            avvikelse = Avvikelse : nu - budget
            da = Utfall {before}"""
    else:
        template = "nu = {year}\nda = {before}"
    return heads(template, year=years.year, before=years.year - 1)


def municipal_result(draw: Draw, years: Years) -> Values:
    """The year before as a whole; part years and later years from it."""
    scale = draw.random.choice([0.25, 0.6, 1.0, 3.0])
    costs = -draw.money(2400, 3200) * Decimal(str(scale))
    base = {
        "intakter": -draw.part(costs, 0.18, 0.26),
        "kostnader": costs,
        "avskrivningar": draw.part(costs, 0.03, 0.05),
        "bidrag": -draw.part(costs, 0.2, 0.3),
        "finint": -draw.part(costs, 0.002, 0.01),
        "finkost": draw.part(costs, 0.001, 0.008),
    }
    base["skatt"] = -sum(base.values(), Decimal(0)) - draw.part(costs, -0.01, 0.02)
    base["extra"] = Decimal(0)
    return {name: _spread(draw, value, years) for name, value in base.items()}


def company_result(draw: Draw, years: Years) -> Values:
    sales = draw.money(18, 420)
    base = {
        "omsattning": sales,
        "ovriga": draw.part(sales, 0.001, 0.02),
        "material": -draw.part(sales, 0.2, 0.4),
        "externa": -draw.part(sales, 0.1, 0.2),
        "personal": -draw.part(sales, 0.1, 0.25),
        "avskrivningar": -draw.part(sales, 0.08, 0.14),
        "finint": draw.part(sales, 0.0002, 0.004),
        "finkost": -draw.part(sales, 0.01, 0.05),
        "dispositioner": -draw.part(sales, 0.0, 0.02),
        "skatt": -draw.part(sales, 0.001, 0.01),
    }
    return {name: _spread(draw, value, years) for name, value in base.items()}


def _spread(draw: Draw, base: Decimal, years: Years) -> dict[str, Decimal]:
    budget = draw.part(base, 1.0, 1.04)
    prognos = draw.near(budget, 0.012)
    if not years.interim:
        return {"da": base, "budget": budget, "nu": prognos}
    return {
        "da": base,
        "budget": budget,
        "prognos": prognos,
        "nu": draw.part(prognos, 0.64, 0.67),
        "fjol": draw.part(base, 0.64, 0.67),
    }


@dataclass(frozen=True, slots=True)
class Statements:
    result: Sheet
    balance: Sheet
    cash: Sheet
    values: Values


def statements(
    draw: Draw,
    ledger: Ledger,
    years: Years,
    values: Values,
    template: str,
    unit: str,
    decimals: int,
) -> Statements:
    """All three statements, tied to each other."""
    words = {
        "result": years.result,
        "flow": "Periodens kassaflöde" if years.interim else "Årets kassaflöde",
        "period": "periodens" if years.interim else "årets",
    }
    municipal = template is MUNICIPAL_RESULT
    result = ledger.add(
        Sheet(
            "resultat",
            "Resultaträkning",
            unit,
            columns(years, municipal),
            lines(template.format(**words)),
            decimals,
        ),
        lambda line, column: values[line][column],
    )
    sums = {column: ledger.exact(Place("resultat", "arets", column)) for column in ("nu", "da")}
    states = balances(draw, values, sums)
    balance = ledger.add(
        Sheet(
            "balans",
            "Balansräkning",
            unit,
            heads(f"nu = {years.day}\nda = {years.year - 1}-12-31"),
            lines(BALANCE.format(**words)),
            decimals,
        ),
        lambda line, column: states[column][line],
    )
    flows = {
        "nu": _flow(states["nu"], states["da"], values["avskrivningar"]["nu"], sums["nu"]),
        "da": _flow(states["da"], states["forr"], values["avskrivningar"]["da"], sums["da"]),
    }
    cash = ledger.add(
        Sheet(
            "kassaflode",
            "Kassaflödesanalys",
            unit,
            heads(f"nu = {years.span}\nda = {years.year - 1}"),
            lines(CASH_FLOW.format(**words)),
            decimals,
        ),
        lambda line, column: flows[column][line],
    )
    _tied(ledger, years)
    return Statements(result, balance, cash, values)


def _tied(ledger: Ledger, years: Years) -> None:
    for column in ("nu", "da"):
        won = Place("resultat", "arets", column)
        ledger.tie(Place("balans", "arets", column), won)
        ledger.tie(Place("kassaflode", "arets", column), won)
        ledger.tie(
            Place("kassaflode", "stangning", column), Place("balans", "kassa", column), kind="cash"
        )
        ledger.tie(
            Place("balans", "alla", column), Place("balans", "passiva", column), kind="balance"
        )
    ledger.tie(Place("kassaflode", "oppning", "nu"), Place("kassaflode", "stangning", "da"))
    ledger.tie(Place("balans", "ingaende", "nu"), Place("balans", "eget", "da"))


def balances(draw: Draw, values: Values, won: Mapping[str, Decimal]) -> Values:
    """Column -> line -> kronor: the balance sheet's leaves at the end of the period, of the year
    before, and of the year before that ("forr", which only the flows need). Long-term debt makes
    both sides agree."""
    size = abs(max((row["da"] for row in values.values()), key=abs))
    first = {
        "immateriella": draw.part(size, 0.0005, 0.003),
        "mark": draw.part(size, 0.9, 1.3),
        "maskiner": draw.part(size, 0.03, 0.06),
        "finansiella": draw.part(size, 0.1, 0.3),
        "forrad": draw.part(size, 0.001, 0.004),
        "fordringar": draw.part(size, 0.06, 0.1),
        "kassa": draw.part(size, 0.05, 0.12),
        "pensioner": draw.part(size, 0.05, 0.2),
        "avsatt": draw.part(size, 0.005, 0.02),
        "kort": draw.part(size, 0.15, 0.2),
        "ingaende": draw.part(size, 0.4, 0.6),
        "arets": draw.part(size, 0.0, 0.02),
    }
    _close(first)
    states = {"forr": first}
    for name, before in (("da", "forr"), ("nu", "da")):
        old = states[before]
        new = {line: draw.near(value, 0.06) for line, value in old.items() if line != "lang"}
        new |= {"ingaende": old["ingaende"] + old["arets"], "arets": won[name]}
        _close(new)
        states[name] = new
    return states


ASSETS = ("immateriella", "mark", "maskiner", "finansiella", "forrad", "fordringar", "kassa")
FUNDS = ("ingaende", "arets", "pensioner", "avsatt", "kort")


def _close(state: dict[str, Decimal]) -> None:
    state["lang"] = sum((state[line] for line in ASSETS), Decimal(0)) - sum(
        (state[line] for line in FUNDS), Decimal(0)
    )


def _flow(
    new: Mapping[str, Decimal], old: Mapping[str, Decimal], worn: Decimal, won: Decimal
) -> dict[str, Decimal]:
    """``worn`` is depreciation as in the income statement, a minus."""

    def change(*names: str) -> Decimal:
        return sum((new[name] - old[name] for name in names), Decimal(0))

    return {
        "arets": won,
        "avskrivningar": -worn,
        "avsattningar": change("pensioner", "avsatt"),
        "forrad": -change("forrad"),
        "fordringar": -change("fordringar"),
        "kort": change("kort"),
        "materiella": -change("immateriella", "mark", "maskiner") + worn,
        "finansiella": -change("finansiella"),
        "lan": change("lang"),
        "oppning": old["kassa"],
    }


def requirement(draw: Draw, ledger: Ledger, years: Years, unit: str, decimals: int) -> Sheet:
    """The balance requirement, from the full-year forecast in an interim report."""
    column = "prognos" if years.interim else "nu"
    won = Place("resultat", "arets", column)
    size = abs(ledger.exact(won)) + draw.money(1, 4)
    leaf = {
        "arets": ledger.exact(won),
        "vinster": -draw.part(size, 0.02, 0.2),
        "forluster": draw.part(size, 0.0, 0.1),
        "reserv": -draw.part(size, 0.05, 0.3) if ledger.exact(won) > 0 else Decimal(0),
    }
    head = f"Prognos {years.year}" if years.interim else f"{years.year}"
    sheet = ledger.add(
        Sheet(
            "balanskrav",
            "Balanskravsutredning",
            unit,
            heads(f"{column} = {head}"),
            lines(REQUIREMENT.format(result="Årets resultat")),
            decimals,
        ),
        lambda line, _: leaf[line],
    )
    ledger.tie(sheet.place("arets", column), won)
    return sheet
