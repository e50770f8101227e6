"""Sentences that quote the tables: numbers in mnkr with one decimal, and words for their signs.

A paragraph holds ``{key}`` where a number is to be printed and ``{?key:plus|minus}`` where a word
tells its sign. Numbers are printed without a sign.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from tests.bench.faults.draws import Draw
from tests.bench.faults.ledger import Ledger, Place, Quantity, Sheet
from tests.bench.faults.statements import Years

TENTH = Decimal(100_000)

# Doubled braces are keys of the ledger, for when the label is in its place.
OUTLOOKS = (
    "{label} prognostiserar ett {{?{key}:överskott|underskott}} mot budget på {{{key}}} mnkr.",
    "Prognosen för {label} pekar på ett {{?{key}:överskott|underskott}} om {{{key}}} mnkr i "
    "förhållande till budget.",
    "För {label} väntas ett {{?{key}:överskott|underskott}} på {{{key}}} mnkr för helåret {year}.",
    "{label} går mot ett {{?{key}:överskott|underskott}} på {{{key}}} mnkr för helåret.",
)
ACCOUNTS = (
    "{label} redovisar ett {{?{key}:överskott|underskott}} mot budget på {{{key}}} mnkr.",
    "{label} lämnar ett {{?{key}:överskott|underskott}} om {{{key}}} mnkr för {year}.",
    "För {label} blev det ett {{?{key}:överskott|underskott}} på {{{key}}} mnkr.",
)
GROWTH = (
    "Nettokostnaden för {label} har {{?{more}:ökat|minskat}} från {{{old}}} mnkr till"
    " {{{new}}} mnkr.",
    "Nettokostnaden för {label} {{?{more}:ökade|minskade}} till {{{new}}} mnkr, jämfört med"
    " {{{old}}} mnkr föregående år.",
    "Nettokostnaden för {label} {{?{more}:ökade|minskade}} till {{{new}}} mnkr, från {{{old}}} mnkr"
    " samma period föregående år.",
)
# True or not, these say nothing of the tables: another scope, time, organisation or thing.
UNTIED = (
    "{label} fick i mars {small} mnkr ur fullmäktiges reserv.",
    "I riket ökade kommunernas nettokostnader med {small} procent.",
    "Kollektivtrafikens prognos pekar på ett underskott om {small} mnkr. Nettokostnaden är"
    " {amount} mnkr, en ökning sedan i fjol.",
    "Föregående prognos för {label}, som lämnades i maj, visade ett underskott på {small} mnkr.",
    "Simhallen har haft stängt. Kostnaderna blev därför {small} mnkr lägre och intäkterna"
    " {amount} mnkr.",
    "Medfinansieringen av gångvägen uppgår till {amount} mnkr och betalas ut nästa år.",
    "Målet är att sänka nettokostnaden för {label} med minst {small} procent till år 2030.",
    "Inom {label} kostade sommarens vikarier {small} mnkr, varav {small} mnkr är övertid.",
    "Bolaget Stadshus visar för {before} ett resultat på {amount} mnkr efter finansiella poster.",
    "Skatteunderlaget växer enligt SKR med {small} procent.",
    "Ombyggnaden beräknas kosta {amount} mnkr. Kostnaden var {small} mnkr i förra kalkylen.",
)


@dataclass(slots=True)
class Prose:
    """Paragraphs by the sheet that they follow, and the mentions in them."""

    ledger: Ledger
    paragraphs: dict[str, list[str]] = field(default_factory=dict)
    decimals: dict[str, int] = field(default_factory=dict)

    def say(self, sheet: Sheet, text: str) -> None:
        self.paragraphs.setdefault(sheet.name, []).append(text)

    def quote(self, *parts: tuple[int, Place], step: Decimal = TENTH) -> str:
        """The key of a new mention: the size of a sum of cells, of one as a rule."""
        value = sum((factor * self.ledger.exact(place) for factor, place in parts), Decimal(0))
        sign = 1 if value >= 0 else -1
        key = f"m{len(self.decimals)}"
        self.decimals[key] = 1 if step in (TENTH, Decimal("0.1")) else 0
        mention = Place("prose", key)
        self.ledger.quantities[mention] = Quantity(abs(value), step)
        self.ledger.relate("prose", mention, [(-sign * factor, place) for factor, place in parts])
        return key

    def sign(self, *parts: tuple[int, Place]) -> bool:
        return sum((factor * self.ledger.exact(place) for factor, place in parts), Decimal(0)) >= 0


def about_result(prose: Prose, result: Sheet, years: Years) -> None:
    now = result.place("arets", "nu")
    before = result.place("arets", "fjol" if years.interim else "da")
    key = prose.quote((1, now))
    other = prose.quote((1, before))
    prose.say(
        result,
        f"{years.result} {years.span} är ett {{?{key}:överskott|underskott}} på {{{key}}} mnkr."
        f" Samma period {years.year - 1} var det ett {{?{other}:överskott|underskott}} på"
        f" {{{other}}} mnkr.",
    )
    if years.interim:
        whole = prose.quote((1, result.place("arets", "prognos")))
        prose.say(
            result,
            f"Prognosen för helåret {years.year} är ett {{?{whole}:överskott|underskott}} på"
            f" {{{whole}}} mnkr.",
        )


def about_boards(prose: Prose, draw: Draw, sheet: Sheet, years: Years, sign: int) -> None:
    """Some boards' deviations, and the growth of one board's net costs from year to year."""
    lines = [line for line in sheet.lines if line.key[0] in "nd" and line.key != "netto"]
    for line in draw.random.sample(lines, 2):
        place = sheet.place(line.key, "avvikelse")
        key = prose.quote((1, place))
        shape = draw.random.choice(OUTLOOKS if years.interim else ACCOUNTS)
        prose.say(sheet, shape.format(label=line.label, key=key, year=years.year))
    earlier = "fjol" if years.interim else "da"
    costly = [
        line
        for line in lines
        if all(sign * prose.ledger.exact(sheet.place(line.key, at)) > 0 for at in (earlier, "nu"))
    ]
    if not costly:  # a board with more income than costs has no net cost that grows
        return
    (line,) = draw.random.sample(costly, 1)
    old, new = sheet.place(line.key, earlier), sheet.place(line.key, "nu")
    one, two = prose.quote((1, old)), prose.quote((1, new))
    more = prose.quote((-sign, old), (sign, new)) if sign < 0 else prose.quote((1, new), (-1, old))
    shape = draw.random.choice(GROWTH)
    prose.say(sheet, shape.format(label=line.label, old=one, new=two, more=more))
    for shape in draw.random.sample(UNTIED, 3):
        amount = f"{draw.random.randint(11, 499) / 10:.1f}".replace(".", ",")
        small = f"{draw.random.randint(1, 99) / 10:.1f}".replace(".", ",")
        (line,) = draw.random.sample(lines, 1)
        prose.say(
            sheet,
            shape.format(label=line.label, amount=amount, small=small, before=years.year - 1),
        )


def about_total(prose: Prose, sheet: Sheet, year: int) -> None:
    one, two = (prose.quote((1, sheet.place("summa", c))) for c in ("prognos", "budget"))
    prose.say(
        sheet,
        f"Investeringarna under {year} beräknas uppgå till {{{one}}} mnkr, att jämföra med"
        f" budgeterade {{{two}}} mnkr.",
    )


def about_equity(prose: Prose, sheet: Sheet, years: Years) -> None:
    tenth = Decimal("0.1")
    one = prose.quote((1, sheet.place("soliditet", "nu")), step=tenth)
    two = prose.quote((1, sheet.place("soliditet", "da")), step=tenth)
    prose.say(
        sheet,
        f"Soliditeten var {{{one}}} procent den {{date}}, jämfört med {{{two}}} procent vid"
        f" årsskiftet {years.year - 1}.",
    )


def about_staff(prose: Prose, sheet: Sheet, years: Years) -> None:
    one = Decimal(1)
    every = prose.quote((1, sheet.place("summa", "alla")), step=one)
    women = prose.quote((1, sheet.place("summa", "kvinnor")), step=one)
    prose.say(
        sheet,
        f"Den {{date}} fanns {{{every}}} anställda, varav {{{women}}} kvinnor.",
    )
