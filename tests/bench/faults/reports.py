"""Whole reports: a municipality's interim and annual one, a board's, a company's."""

from __future__ import annotations

from random import Random

from tests.bench.faults import operations as ops
from tests.bench.faults import prose as words
from tests.bench.faults import statements as st
from tests.bench.faults.draws import Draw
from tests.bench.faults.ledger import Ledger, Story

PLACES = ("Sjöås kommun", "Granvik kommun", "Norrby kommun", "Ekdala kommun")
COMPANIES = ("Sjöås Bostäder AB", "Granvik Energi AB", "Norrby Vatten AB", "Ekdala Hamn AB")
UNITS = (("tkr", 0), ("tkr", 0), ("mnkr", 1))


def story(seed: int) -> Story:
    """The report of a seed, without a fault."""
    draw = Draw(Random(seed))
    make = (municipality, board, municipality, company)[seed % 4]
    unit, decimals = draw.random.choice(UNITS)
    convention = ops.Convention(draw.random.choice([-1, 1]), unit, decimals)
    interim = make is board or (make is municipality and draw.chance(0.6))
    return make(draw, seed, st.Years(draw.random.randint(2019, 2025), interim), convention)


def municipality(draw: Draw, seed: int, years: st.Years, at: ops.Convention) -> Story:
    ledger = Ledger()
    prose = words.Prose(ledger)
    values = st.municipal_result(draw, years)
    parts = st.statements(draw, ledger, years, values, st.MUNICIPAL_RESULT, at.unit, at.decimals)
    words.about_result(prose, parts.result, years)
    if draw.chance(0.7):
        st.requirement(draw, ledger, years, at.unit, at.decimals)
    ops.growth(ledger, years, at)
    words.about_equity(prose, ops.key_figures(ledger, years), years)
    drift = ops.drift(draw, ledger, years, at)
    words.about_boards(prose, draw, drift, years, at.sign)
    ops.sides(draw, ledger, years, at, drift)
    if draw.chance(0.8):
        sheet = ops.investments(draw, ledger, years, at)
        words.about_total(prose, sheet, years.year)
    words.about_staff(prose, ops.staff(draw, ledger, years), years)
    kind = "Delårsrapport per den 31 augusti" if years.interim else "Årsredovisning"
    return told(seed, draw.random.choice(PLACES), f"{kind} {years.year}", years, ledger, prose)


def board(draw: Draw, seed: int, years: st.Years, at: ops.Convention) -> Story:
    ledger = Ledger()
    prose = words.Prose(ledger)
    sheets = ops.departments(draw, ledger, years, at)
    words.about_boards(prose, draw, sheets[1], st.Years(years.year, True), at.sign)
    words.about_total(prose, ops.investments(draw, ledger, years, at), years.year)
    words.about_staff(prose, ops.staff(draw, ledger, years), years)
    ops.absence(draw, ledger, years)
    where = f"{draw.random.choice(ops.BOARDS[2:9])}, {draw.random.choice(PLACES)}"
    title = f"Delårsrapport per den 31 augusti {years.year}"
    return told(seed, where, title, years, ledger, prose)


def company(draw: Draw, seed: int, years: st.Years, at: ops.Convention) -> Story:
    ledger = Ledger()
    prose = words.Prose(ledger)
    values = st.company_result(draw, years)
    parts = st.statements(draw, ledger, years, values, st.COMPANY_RESULT, "tkr", 0)
    words.about_result(prose, parts.result, years)
    words.about_equity(prose, ops.key_figures(ledger, years), years)
    words.about_staff(prose, ops.staff(draw, ledger, years), years)
    ops.absence(draw, ledger, years)
    title = f"Årsredovisning {years.year}"
    return told(seed, draw.random.choice(COMPANIES), title, years, ledger, prose)


def told(
    seed: int, who: str, title: str, years: st.Years, ledger: Ledger, prose: words.Prose
) -> Story:
    signs = {
        relation.terms[0][1].line: relation.terms[1][0] < 0
        for relation in ledger.relations
        if relation.kind == "prose"
    }
    return Story(
        seed=seed,
        organisation=who,
        title=title,
        sheets=tuple(ledger.sheets),
        quantities=ledger.quantities,
        relations=tuple(ledger.relations),
        prose={name: tuple(texts) for name, texts in prose.paragraphs.items()},
        decimals=dict(prose.decimals),
        signs=signs,
        date=years.day,
    )
