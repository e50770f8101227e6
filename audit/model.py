"""Every value that crosses a seam: frozen, and free of any other part of audit.

Lengths and positions are PDF points (1/72 inch) with the origin at the page's top left,
y downwards; pages count from 1, rows and columns from 0. Money is ``Decimal``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

# --- what stands where -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def coordinates(self) -> tuple[float, float, float, float]:
        return (self.x0, self.top, self.x1, self.bottom)

    @classmethod
    def around(cls, boxes: Iterable[Box]) -> Box:
        """The smallest box that holds all of ``boxes``; the page is the first one's.

        Raises ValueError when there are none.
        """
        every = list(boxes)
        if not every:
            raise ValueError("no boxes to go around")
        return cls(
            every[0].page,
            min(box.x0 for box in every),
            min(box.top for box in every),
            max(box.x1 for box in every),
            max(box.bottom for box in every),
        )


@dataclass(frozen=True, slots=True)
class Style:
    """How most of a cell's or passage's glyphs are set. ``size`` is in points."""

    size: float
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table, its text as printed.

    A wrapped cell's lines are joined with a space, a word hyphenated at the line end without
    its hyphen. ``mark`` is a footnote mark that stood raised or smaller after the text and is
    not part of it ("48" with mark "4"). ``rows`` and ``columns`` are the spans. ``indent`` is
    how far the text starts right of the leftmost text of its column. ``trust`` says how far the
    reader trusts the characters: 1 for text of the PDF, less for what was read from a picture
    and for a number that may be two under each other.
    """

    text: str
    row: int
    column: int
    box: Box
    style: Style
    rows: int = 1
    columns: int = 1
    header: bool = False
    mark: str = ""
    indent: float = 0.0
    trust: float = 1.0


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note below a table or page. ``mark`` is "*", "4", …"""

    mark: str
    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Table:
    """A table as printed; ``regions`` has one box for each page it stands on.

    ``title`` is the heading or caption, ``unit`` the words of a unit said near the table or in
    its corner ("belopp tkr"), both as printed and empty when there is none. ``confidence`` is
    between 0 and 1. Blank cells are left out.
    """

    id: str
    title: str
    unit: str
    cells: tuple[Cell, ...]
    header_rows: int
    footnotes: tuple[Footnote, ...]
    regions: tuple[Box, ...]
    reader: str
    confidence: float

    @property
    def pages(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(box.page for box in self.regions))


class PassageKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    FOOTNOTE = "footnote"
    HEADER = "header"
    FOOTER = "footer"


@dataclass(frozen=True, slots=True)
class Passage:
    """Running text in reading order. ``level`` counts headings from 1 and is 0 for the rest.
    ``lines`` tells of each printed line at which character of ``text`` it begins, and its box.
    ``trust`` is as a cell's: less than 1 for what was read from a picture."""

    text: str
    box: Box
    kind: PassageKind
    style: Style
    level: int = 0
    lines: tuple[tuple[int, Box], ...] = ()
    trust: float = 1.0

    def around(self, start: int, end: int) -> Box:
        """The box of the lines that hold the characters from ``start`` to ``end``, on the page of
        the first of them; the passage's own where its lines are not known."""
        ends = [*(at for at, _ in self.lines[1:]), len(self.text)]
        held = [
            box
            for (at, box), beyond in zip(self.lines, ends, strict=False)
            if at < end and start < beyond
        ]
        return Box.around(box for box in held if box.page == held[0].page) if held else self.box


@dataclass(frozen=True, slots=True)
class Page:
    """``glyphs`` is the number of visible characters, ``picture`` the share of the page (0–1)
    that images cover, ``unread`` the boxes of images large enough to hold a table."""

    number: int
    width: float
    height: float
    glyphs: int
    picture: float
    unread: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A PDF as it was read. ``sha256`` is the hexadecimal digest of the file, ``chosen`` true when
    only some of its pages were asked for."""

    name: str
    sha256: str
    pages: tuple[Page, ...]
    tables: tuple[Table, ...]
    passages: tuple[Passage, ...]
    chosen: bool = False

    @property
    def whole(self) -> bool:
        """Whether all of it was read, so that what is not found is not there. A picture on the
        first page is the cover's."""
        return not self.chosen and not any(
            (page.unread and page is not self.pages[0]) or (not page.glyphs and page.picture)
            for page in self.pages
        )


class Status(StrEnum):
    """What became of a report (INTERFACE, ``status``)."""

    AUDITED = "audited"
    NO_TABLES = "no-tables"
    NEEDS_OCR = "needs-ocr"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TIMEOUT = "timeout"
    TOO_LARGE = "too-large"
    FAILED = "failed"


class UnreadableError(Exception):
    """A report that could not be read. ``detail`` says more, in English, for the curious."""

    def __init__(self, status: Status, detail: str = "") -> None:
        super().__init__(status, detail)
        self.status = status
        self.detail = detail


# --- what the numbers mean ----------------------------------------------------------------


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
        """How far the reader trusts the digits: 1 unless they were read from a picture."""
        return self.source.trust


class Meaning(StrEnum):
    """What running text says a number is."""

    VALUE = "value"
    DEVIATION = "deviation"  # from the budget: a surplus, a deficit, more, less
    CHANGE = "change"  # since an earlier time


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
    as (table, row), and ``sure`` whether just these must be meant; ``bare`` says that they name no
    thing, only a result or a side of what they leave unsaid, and ``side`` which side. ``columns``
    are those of them that the words name, as (table, column), and none where they leave it open.
    ``current`` says that the words insist on the report's own time ("nu", "fortsatt"). ``since`` is
    the earlier number of "från 44 % till 48 %". ``sentence`` counts sentences through the report.
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
class Report:
    """``kind`` is "delårsrapport", "årsredovisning", "månadsuppföljning", … or empty;
    ``mentions``, ``enumerations``, ``judgements`` and ``reckonings`` are of running text, in its
    order.
    ``dates`` are those of text and cells; ``municipality`` is true where the words leave no doubt
    that it reports on a whole municipality or region, and not on a board or company."""

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


# --- what was tested ------------------------------------------------------------------------


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Example:
    """A table or text of a rule page and the findings it must give: ``rows`` of cell texts, the
    header row first, and ``suspects`` as (row label, column header) of each stated or suspected
    cell; ``text`` the passages ("# …" a heading), and ``observed`` the words of text that each
    finding about them must show."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    suspects: tuple[tuple[str, str], ...]
    line: int
    note: str = ""
    text: tuple[str, ...] = ()
    observed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One page of the rulebook. ``title`` and ``why`` map a language code to text; ``settings``
    are the page's own words to its check; ``source`` is the page's text."""

    code: str
    check: str
    severity: Severity
    title: Mapping[str, str]
    why: Mapping[str, str]
    settings: Mapping[str, object]
    norm: str
    examples: tuple[Example, ...]
    source: str
    origin: str


@dataclass(frozen=True, slots=True)
class Term:
    """One addend: ``factor`` (1 or -1, as a rule) times ``figure``. ``name`` is what the formula
    calls it: a column's header or a row's label. ``below`` says that it stands under a fraction
    bar: the addends above are then a percentage of those below."""

    factor: Decimal
    figure: Figure
    name: str
    below: bool = False


def percentage(terms: Iterable[Term], worth: Callable[[Figure], Decimal]) -> Decimal:
    """What the addends above the bar are in percent of those below; infinite where those are 0."""
    sums = {True: Decimal(0), False: Decimal(0)}
    for term in terms:
        sums[term.below] += term.factor * worth(term.figure)
    return 100 * sums[False] / sums[True] if sums[True] else Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Basis:
    """Why the relation is believed to hold: ``agreeing`` of ``siblings`` relations of the same
    shape hold (the one at hand included), and ``labelled`` says that words confirm it."""

    labelled: bool
    agreeing: int
    siblings: int


@dataclass(frozen=True, slots=True)
class Remark:
    """What explains a convention or a difference, with the words on the page as evidence."""

    kind: str
    text: str = ""
    box: Box | None = None


class Verdict(StrEnum):
    AGREES = "agrees"
    ROUNDING = "rounding"
    DIFFERS = "differs"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A stated figure beside what it should be. ``low`` and ``high`` bound the expected value
    (equal for an equation) in base units; ``terms`` are the figures that the expectation is made
    of; ``slack`` is how far the printing of the parts may move it. ``undecided`` says why no
    comparison was possible, and is empty otherwise."""

    rule: str
    stated: Figure
    low: Decimal
    high: Decimal
    slack: Decimal
    terms: tuple[Term, ...]
    basis: Basis
    undecided: str = ""
    remark: Remark | None = None
    group: str = ""  # comparisons of one group stand or fall together (a column, a row block)

    @property
    def table(self) -> str:
        """The id of the table that the stated figure stands in; "" in running text."""
        return self.stated.table

    @property
    def box(self) -> Box:
        return self.stated.source.box

    @property
    def expected(self) -> Decimal:
        """The expected value nearest to the stated one."""
        return min(max(self.stated.amount.value, self.low), self.high)

    @property
    def difference(self) -> Decimal:
        """Stated minus expected, in base units."""
        return self.stated.amount.value - self.expected

    @property
    def tolerance(self) -> Decimal:
        """How far rounding of all printed figures together may part the two sides."""
        return self.slack + self.stated.amount.slack

    @property
    def quotient(self) -> bool:
        """Whether the expectation is a share in percent, not a sum."""
        return any(term.below for term in self.terms)

    def remainder(self, worth: Callable[[Figure], Decimal]) -> Decimal:
        """How far an equation's sides were apart if each figure were ``worth`` something else, in
        base units and without sign."""
        if self.quotient:
            return abs(worth(self.stated) - percentage(self.terms, worth))

        def change(figure: Figure) -> Decimal:
            return worth(figure) - figure.amount.value

        shift = sum((term.factor * change(term.figure) for term in self.terms), Decimal(0))
        return abs(self.difference + change(self.stated) - shift)

    @property
    def holds(self) -> bool:
        return not self.undecided and abs(self.difference) <= self.tolerance

    @property
    def verdict(self) -> Verdict:
        """Equal, apart by no more than rounding, apart, or not decided."""
        if self.undecided:
            return Verdict.UNDECIDED
        if not self.difference:
            return Verdict.AGREES
        return Verdict.ROUNDING if self.holds else Verdict.DIFFERS


@dataclass(frozen=True, slots=True)
class Observation:
    """What is wrong without arithmetic: a date that does not exist, a statement that is missing.

    ``says`` is a message of the catalogue that ``details`` fill; ``evidence`` the words as they
    are printed, ``box`` where, and None for what stands nowhere. ``table`` is the id of the table
    it is in, "" outside tables.
    """

    rule: str
    says: str
    details: Mapping[str, str] = field(default_factory=dict)
    evidence: str = ""
    box: Box | None = None
    table: str = ""


Check = Callable[[Report, Rule], Iterable[Comparison | Observation]]


class Reading(StrEnum):
    """Whether an independent second reader saw the same digits."""

    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    SINGLE = "single"
    MISREAD = "misread"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What the second reader saw of one comparison: its name, and for each differing cell the
    text that it saw instead."""

    reading: Reading
    reader: str
    seen: Mapping[Box, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The likeliest cause. ``suspect`` is the cell thought wrong and ``proposed`` its right value
    in base units; ``others`` are further figures of the story (the cell copied from, the row
    exchanged with). ``confirmed_by`` counts the other relations that the proposal mends."""

    kind: str
    suspect: Figure | None = None
    proposed: Decimal | None = None
    others: tuple[Figure, ...] = ()
    confirmed_by: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """An auditor's word on a finding: accepted, for ``reason``. ``concept`` tells what it is about
    whatever its figures are; ``at`` is a day."""

    fingerprint: str
    rule: str
    concept: str
    reason: str
    by: str
    at: dt.date


@dataclass(frozen=True, slots=True)
class Finding:
    """``also`` are further comparisons that the same cause explains. A finding about an
    observation has no diagnosis, and no second reader looks at it."""

    rule: Rule
    severity: Severity
    subject: Comparison | Observation
    diagnosis: Diagnosis | None
    reading: Reading
    fingerprint: str
    also: tuple[Comparison, ...] = ()
    confirmation: Confirmation | None = None
    accepted: Decision | None = None

    @property
    def concept(self) -> str:
        """What the finding is about, without its figures: rule, row and column, or what is said
        of the words."""
        if isinstance(self.subject, Observation):
            return f"{self.rule.code}: {self.subject.says}"
        stated = self.subject.stated
        place = " / ".join(part for part in (*stated.path, stated.label, stated.header) if part)
        return f"{self.rule.code}: {place}"

    @property
    def comparison(self) -> Comparison:
        """The subject of a finding of arithmetic. Raises TypeError where it is an observation."""
        if isinstance(self.subject, Observation):
            raise TypeError("an observation compares nothing")
        return self.subject

    @property
    def page(self) -> int | None:
        """The page it stands on; None for what stands nowhere."""
        return self.subject.box.page if self.subject.box else None

    @property
    def pictured(self) -> bool:
        """Whether digits that the finding rests on were read from a picture."""
        if isinstance(self.subject, Observation):
            return False
        terms = (term.figure for term in self.subject.terms)
        return any(figure.trust < 1 for figure in (self.subject.stated, *terms))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many comparisons ended in each verdict."""

    agrees: int = 0
    rounding: int = 0
    differs: int = 0
    undecided: int = 0

    @property
    def tested(self) -> int:
        return self.agrees + self.rounding + self.differs


class Ending(StrEnum):
    """What became of a figure."""

    VERIFIED = "verified"
    CONTRADICTED = "contradicted"
    UNCOVERED = "uncovered"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a figure, and the codes of the rules that say so."""

    tested: Ending
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many figures ended verified, contradicted and not covered by any comparison, and how
    many each rule, by its code, verified or contradicted."""

    verified: int = 0
    contradicted: int = 0
    uncovered: int = 0
    by_rule: Mapping[str, int] = field(default_factory=dict)

    @property
    def figures(self) -> int:
        return self.verified + self.contradicted + self.uncovered


@dataclass(frozen=True, slots=True)
class Confidence:
    """How surely a table was read, and what that rests on. ``share`` (0-1, two decimals) is the
    share of its figures that are expected to be read right; ``alignment`` what the reader itself
    says, from how its cells line up; ``agreed`` of the ``asked`` figures a second reader saw
    alike; ``held`` of the ``tested`` equations hold."""

    share: Decimal
    alignment: float
    asked: int = 0
    agreed: int = 0
    tested: int = 0
    held: int = 0


@dataclass(frozen=True, slots=True)
class AuditedReport:
    """A report with everything that was tested in it. ``fates`` has what became of each figure by
    (table, row, column); ``coverage`` maps a table's id to how many came to what, ``confidence``
    to how surely it was read. For a report that could not be
    read ``report`` is None and ``status`` and ``detail`` say why."""

    path: str
    status: Status
    report: Report | None
    comparisons: tuple[Comparison, ...] = ()
    findings: tuple[Finding, ...] = ()
    tally: Tally = field(default_factory=Tally)
    coverage: Mapping[str, Coverage] = field(default_factory=dict)
    fates: Mapping[tuple[str, int, int], Fate] = field(default_factory=dict)
    detail: str = ""
    confidence: Mapping[str, Confidence] = field(default_factory=dict)
