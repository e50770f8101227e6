"""What the numbers mean: tables and running text, understood."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from audit.model.document import Box, Cell, Document, Passage, Table


class UnitKind(StrEnum):
    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Unit:
    """A printed unit: one ``symbol`` ("tkr") is worth ten to the ``exponent`` base units."""

    symbol: str
    exponent: int
    kind: UnitKind


@dataclass(frozen=True, slots=True)
class Amount:
    """A printed number: ``value`` in base units (kronor, percent, pieces) and ``step``, what one
    unit of the last printed digit is worth, also in base units.

    The number that was rounded lies within half a step of ``value`` (XBRL Calculations 1.1).
    """

    value: Decimal
    step: Decimal
    unit: Unit

    @property
    def slack(self) -> Decimal:
        return self.step / 2

    @property
    def printed(self) -> Decimal:
        """The value in the unit that was printed."""
        return self.value.scaleb(-self.unit.exponent)


class Measure(StrEnum):
    OUTTURN = "outturn"
    BUDGET = "budget"
    FORECAST = "forecast"
    DEVIATION = "deviation"
    ACCOUNTS = "accounts"  # bokslut: the outturn of a closed year
    TARGET = "target"
    CHANGE = "change"
    SHARE = "share"
    NOTE = "note"  # a column of note references: numbers, but no amounts


class Aspect(StrEnum):
    """Which side of a whole a row or column shows."""

    INCOME = "income"
    COST = "cost"
    NET = "net"
    WOMEN = "women"
    MEN = "men"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included. A day ("per den 31 augusti") has ``start == end``."""

    start: dt.date
    end: dt.date

    @property
    def months(self) -> int:
        """Calendar months begun within the period."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1


class Role(StrEnum):
    ITEM = "item"
    TOTAL = "total"
    OF_WHICH = "of-which"
    HEADING = "heading"


class Statement(StrEnum):
    """What a table of municipal accounts is (LKBR 4-8 kap.)."""

    INCOME = "income-statement"  # resultaträkning
    BALANCE = "balance-sheet"  # balansräkning
    CASH_FLOW = "cash-flow"  # kassaflödesanalys
    EQUITY = "equity"  # förändring av eget kapital
    BALANCE_REQUIREMENT = "balance-requirement"  # balanskravsutredning
    OPERATIONS = "operations"  # driftredovisning
    INVESTMENTS = "investments"  # investeringsredovisning
    KEY_FIGURES = "key-figures"  # nyckeltal, flerårsöversikt


class Scope(StrEnum):
    """Whose accounts a column shows."""

    ENTITY = "entity"  # kommunen, regionen, förbundet, moderbolaget: the reporting body alone
    GROUP = "group"  # kommunkoncernen, sammanställda räkenskaper


class Concept(StrEnum):
    """What a row of a statement is, by whatever name and in whatever layout. Names follow LKBR's
    schemes; companies' (ÅRL, K3) rows that mean the same have the same concept."""

    # income statement
    OPERATING_INCOME = "operating-income"
    OPERATING_COSTS = "operating-costs"
    NON_RECURRING = "non-recurring"
    DEPRECIATION = "depreciation"
    IMPAIRMENT = "impairment"
    NET_COST = "net-cost"
    OPERATIONS_NET = "operations-net"  # the net cost as the operations by board report it
    TAX_REVENUE = "tax-revenue"
    GENERAL_GRANTS = "general-grants"
    EQUALISATION = "equalisation"
    PROPERTY_FEE = "property-fee"
    TAX_AND_GRANTS = "tax-and-grants"
    CONTRIBUTIONS = "contributions"
    GROSS_RESULT = "gross-result"  # bruttoresultat, where costs are parted by function (ÅRL)
    OPERATING_RESULT = "operating-result"
    FINANCIAL_INCOME = "financial-income"
    FINANCIAL_COSTS = "financial-costs"
    FINANCIAL_NET = "financial-net"
    INTEREST_INCOME = "interest-income"
    INTEREST_COSTS = "interest-costs"
    SHARE_RESULTS = "share-results"
    ANNUAL_MARGIN = "annual-margin"  # årsbidrag, in Finland
    RESULT_AFTER_FINANCIAL = "result-after-financial"
    EXTRAORDINARY = "extraordinary"
    APPROPRIATIONS = "appropriations"
    RESULT_BEFORE_TAX = "result-before-tax"
    TAX = "tax"
    MINORITY = "minority"
    YEAR_RESULT = "year-result"
    SURPLUS = "surplus"  # räkenskapsperiodens överskott, after appropriations, in Finland
    NET_SALES = "net-sales"
    INVENTORY_CHANGE = "inventory-change"
    CAPITALISED_WORK = "capitalised-work"
    OTHER_OPERATING_INCOME = "other-operating-income"
    MATERIALS = "materials"
    OTHER_EXTERNAL_COSTS = "other-external-costs"
    PERSONNEL_COSTS = "personnel-costs"
    OTHER_OPERATING_COSTS = "other-operating-costs"
    COST_OF_SALES = "cost-of-sales"
    SELLING_COSTS = "selling-costs"
    ADMINISTRATIVE_COSTS = "administrative-costs"
    RESEARCH_COSTS = "research-costs"
    # balance sheet
    ASSETS = "assets"
    FIXED_ASSETS = "fixed-assets"
    INTANGIBLE_ASSETS = "intangible-assets"
    TANGIBLE_ASSETS = "tangible-assets"
    FINANCIAL_ASSETS = "financial-assets"
    INFRASTRUCTURE_GRANTS = "infrastructure-grants"
    CURRENT_ASSETS = "current-assets"
    INVENTORY = "inventory"
    RECEIVABLES = "receivables"
    SHORT_INVESTMENTS = "short-investments"
    CASH = "cash"
    EQUITY = "equity"
    UNTAXED_RESERVES = "untaxed-reserves"
    PROVISIONS = "provisions"
    PENSION_PROVISIONS = "pension-provisions"
    OTHER_PROVISIONS = "other-provisions"
    LIABILITIES = "liabilities"
    LONG_LIABILITIES = "long-liabilities"
    SHORT_LIABILITIES = "short-liabilities"
    EQUITY_AND_LIABILITIES = "equity-and-liabilities"
    CONTINGENT_LIABILITIES = "contingent-liabilities"
    CONTINGENT_PENSIONS = "contingent-pensions"
    CONTINGENT_PENSION_TAX = "contingent-pension-tax"  # löneskatt on them, in a row of its own
    # equity from opening to closing
    EQUITY_OPENING = "equity-opening"
    EQUITY_CLOSING = "equity-closing"
    # cash flow
    CASH_BEFORE_WORKING_CAPITAL = "cash-before-working-capital"
    CASH_OPERATING = "cash-operating"
    CASH_INVESTING = "cash-investing"
    CASH_FINANCING = "cash-financing"
    CASH_INFRASTRUCTURE = "cash-infrastructure"
    CASH_FLOW = "cash-flow"
    CASH_OPENING = "cash-opening"
    CASH_CLOSING = "cash-closing"
    # balance requirement
    CAPITAL_GAINS = "capital-gains"
    CAPITAL_GAINS_EXCEPTED = "capital-gains-excepted"
    CAPITAL_LOSSES_EXCEPTED = "capital-losses-excepted"
    UNREALISED_SECURITIES = "unrealised-securities"
    ADJUSTED_RESULT = "adjusted-result"
    RESERVE_SET_ASIDE = "reserve-set-aside"
    RESERVE_USED = "reserve-used"
    SPECIAL_REASONS = "special-reasons"
    BALANCE_RESULT = "balance-result"
    DEFICIT_BROUGHT = "deficit-brought"  # of earlier years, before this one's result
    DEFICIT_LEFT = "deficit-left"  # to be restored in years to come
    # investments
    INVESTMENT_EXPENDITURE = "investment-expenditure"
    INVESTMENT_INCOME = "investment-income"
    INVESTMENT_NET = "investment-net"
    # key figures
    SOLIDITY = "solidity"
    SOLIDITY_WITH_PENSIONS = "solidity-with-pensions"
    LIQUIDITY = "liquidity"
    CASH_LIQUIDITY = "cash-liquidity"
    BALANCE_LIQUIDITY = "balance-liquidity"
    NET_COST_SHARE = "net-cost-share"  # in percent of taxes and grants, as the next
    RESULT_SHARE = "result-share"


@dataclass(frozen=True, slots=True)
class Column:
    """``header`` is the text of all header cells over the column, from the top. ``previous`` is
    true for a column of an earlier version of the same thing ("föregående prognos"). ``scope`` is
    whose accounts it shows, where its header, the table's corner or its title say so. ``concept``
    is what the header means in municipal accounts, where the columns are no times."""

    index: int
    header: str
    measure: Measure | None = None
    period: Period | None = None
    aspect: Aspect | None = None
    unit: Unit | None = None
    previous: bool = False
    scope: Scope | None = None
    concept: Concept | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """``label`` is without footnote marks, which are in ``marks``. ``level`` counts indents from
    0. ``path`` holds the labels of the headings and totals that the row stands under. ``concept``
    is what the label means in municipal accounts, where it is known and no other row of the table
    has a better claim to it. ``period`` and ``measure`` are those of a label that is a time
    ("2024", "Budget 2025"), in a table whose rows are times."""

    index: int
    label: str
    role: Role
    level: int = 0
    aspect: Aspect | None = None
    marks: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    bold: bool = False
    italic: bool = False
    concept: Concept | None = None
    period: Period | None = None
    measure: Measure | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what it means. ``row`` and ``column`` point into the grid of ``table``; for a
    figure of running text ``table`` is "", ``row`` the place of its passage in the document and
    ``column`` that of its first character there. ``qualifier`` is what stood beside the number in
    its cell ("per den 1 april", "≥")."""

    amount: Amount
    label: str
    path: tuple[str, ...]
    measure: Measure | None
    period: Period | None
    aspect: Aspect | None
    qualifier: str
    source: Cell | Passage
    table: str
    row: int
    column: int
    header: str = ""

    @property
    def trust(self) -> float:
        """How far the reader trusts the digits: 1 unless they were read from a picture, or put
        together from a number that breaks over lines."""
        return self.source.trust


class Meaning(StrEnum):
    """What running text says a number is."""

    VALUE = "value"
    DEVIATION = "deviation"  # from the budget: a surplus, a deficit, more, less
    CHANGE = "change"  # since an earlier time
    SHARE = "share"  # what is spent or left of a budget, in percent of it


class Sense(StrEnum):
    """What a direction word is about: "higher" is a matter of size, "deficit" of good and bad."""

    SIZE = "size"
    WORTH = "worth"


@dataclass(frozen=True, slots=True)
class Mention:
    """A number of running text and what the words around it say.

    ``figure``'s source is the sentence, its label the words that it is said of. ``low`` and
    ``high`` bound, in base units and without sign, what the words leave room for: "drygt 4 mnkr"
    and round numbers more than the last digit. ``direction`` is 1 (surplus, higher), -1 (deficit,
    lower) or 0, and ``sense`` what it is about; ``target`` that it is what should be reached;
    ``budgeted`` that it is against a budget. ``rows`` are the rows of tables that the words name,
    as (table, row), those of the nearest table first, and ``sure`` whether just these must be
    meant; ``bare`` says that they name no thing, only a result or a side of what they leave unsaid,
    and ``side`` which side. ``columns`` are those of them that the words name, as (table, column),
    and none where they leave it open.
    ``current`` says that the words insist on the report's own time ("nu", "fortsatt"). ``since`` is
    the earlier number of "från 44 % till 48 %" and of "ökade till 48 %, jämfört med 44 %".
    ``aside`` says that it stands in parentheses behind another number with no words of its own:
    as a rule that of the year before. ``sentence`` counts sentences through the report.
    """

    figure: Figure
    meaning: Meaning
    low: Decimal
    high: Decimal
    hedged: bool
    target: bool
    direction: int
    sense: Sense | None
    budgeted: bool
    rows: tuple[tuple[str, int], ...]
    columns: tuple[tuple[str, int], ...]
    sure: bool
    bare: bool
    side: Aspect | None
    current: bool
    aside: bool
    since: Figure | None
    sentence: int


class Standing(StrEnum):
    """How far something that was to be done has come."""

    MET = "met"
    PARTLY = "partly"
    UNMET = "unmet"
    OTHER = "other"  # a standing of another scale: begun, paused, …


@dataclass(frozen=True, slots=True)
class Enumeration:
    """ "Av 18 mål uppnås åtta helt och tio delvis": a number, and the parts of it that differ in
    how far they have come. ``tables`` are those whose title says what is counted, as in "av de
    finansiella målen uppnås tre": there the number itself may be missing."""

    whole: Figure | None
    parts: tuple[tuple[Standing, Figure], ...]
    tables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What running text says of a single goal ("Målet bedöms delvis uppnås"), or a table of goals
    in its row; ``figure`` is the one goal that it counts for."""

    standing: Standing
    figure: Figure


class Link(StrEnum):
    """How a number of running text is made of others."""

    SUM = "sum"  # it is their sum
    WITHIN = "within"  # they are parts of it, and there may be more
    APART = "apart"  # it is how far two of them are apart
    GROWTH = "growth"  # it is how far, in percent of the first of them


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A number of running text and those that it is made of by its words. ``sure``: no other
    reading is left, so that an equation that fails is an error."""

    link: Link
    stated: Figure
    parts: tuple[Figure, ...]
    sure: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """A table that is understood. ``figures`` maps (row, column) to the number there; a blank,
    "-", "I.U." or words are no figure, and never zero. ``texts`` maps the other filled body
    cells to what they print. ``statement`` is which of the statements it is, if any."""

    table: Table
    unit: Unit
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    figures: Mapping[tuple[int, int], Figure]
    texts: Mapping[tuple[int, int], str] = field(default_factory=dict)
    statement: Statement | None = None

    def column(self, index: int) -> Column:
        return next(column for column in self.columns if column.index == index)

    def row(self, index: int) -> Row:
        return next(row for row in self.rows if row.index == index)


class Claim(StrEnum):
    """What words say a date to be, where they say it."""

    REPORT = "report"  # the day or period that this report is about
    OUTTURN = "outturn"  # the day that its outturn is counted to
    COUNTED = "counted"  # the day, with its year, until which who reports has used up its budget


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as printed, whether or not it exists: ``text`` within ``sentence``. What is not
    printed (the year of "31 mars", the day of "augusti 2021") is None."""

    text: str
    sentence: str
    year: int | None
    month: int | None
    day: int | None
    source: Cell | Passage
    table: str = ""
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Succession:
    """That a report says its body was called ``former`` before, or took over from it: in what
    ``words``, and where."""

    former: str
    words: str
    box: Box


@dataclass(frozen=True, slots=True)
class Report:
    """``kind`` is "delårsrapport", "årsredovisning", "månadsuppföljning", … or empty;
    ``mentions``, ``enumerations``, ``judgements`` and ``reckonings`` are of running text, in its
    order.
    ``dates`` are those of text and cells; ``municipality`` is true where the words leave no doubt
    that it reports on a whole municipality or region, and not on a board or company.
    ``successions`` are the former names of its body that it tells of."""

    document: Document
    organisation: str
    kind: str
    period: Period | None
    grids: tuple[Grid, ...]
    mentions: tuple[Mention, ...] = ()
    enumerations: tuple[Enumeration, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    reckonings: tuple[Reckoning, ...] = ()
    dates: tuple[PrintedDate, ...] = ()
    municipality: bool = False
    successions: tuple[Succession, ...] = ()
