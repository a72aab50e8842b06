"""The values that each template of resources/sheets prints: plain, masked, in the language in use."""

from collections.abc import Sequence
from typing import TypedDict


class PlanLabels(TypedDict):
    """Every fixed word of the 531 sheet."""

    title: str
    five: str
    five_hint: str
    three: str
    three_hint: str
    one: str
    one_hint: str
    five_heads: list[str]
    three_heads: list[str]
    one_heads: list[str]
    yes: str
    no: str
    deadline: str
    done: str
    last_week: str
    carried: str
    signature: str
    notes: str
    jotting: str
    marks: list[str]
    branch: str
    manager: str
    capacity: str


class PlanStep(TypedDict):
    """A milestone: weekday, day of the month, what is done."""

    day: str
    date: str
    what: str


class PlanRow(TypedDict):
    """A row of the five, the three or the one; `number` '5-1'; `count` '12户', '' for nobody; `place`: where all of them
    stand on the call sheet; `ticked`: 0 done, 1 half, 2 missed, -1 open."""

    number: str
    method: str
    carried: str
    count: str
    place: str
    customers: list[str]
    basis: str
    action: str
    script: str
    done: str
    due: str
    weekday: str
    resource: str
    fallback: str
    milestones: list[PlanStep]
    ticked: int


class PlanPaper(TypedDict):
    """The 531 sheet."""

    lang: str
    title: str
    labels: PlanLabels
    warnings: list[str]
    week: str
    span: str
    draft: str
    branch: str
    manager: str
    capacity: str
    five: list[PlanRow]
    three: list[PlanRow]
    one: list[PlanRow]
    aged: str
    notes: list[str]
    last_week: str
    carried: str
    footer: list[str]


class CanvasBox(TypedDict):
    """One of the twelve boxes of a battle map."""

    number: str
    title: str
    edited: bool
    lines: list[str]
    evidence: list[str]


class CanvasPaper(TypedDict):
    """A battle map."""

    lang: str
    paper: str
    title: str
    segment: str
    positioning: str
    size: str
    edited: str
    cut: str
    boxes: list[CanvasBox]
    footer: list[str]


class PivotPlace(TypedDict):
    """A cell of the pivot; `share` (0..1) is the darkness of its background."""

    text: str
    hidden: bool
    share: float


class PivotLine(TypedDict):
    """A row of the pivot."""

    label: str
    total: bool
    cells: list[PivotPlace]


class PivotPaper(TypedDict):
    """The pivot table."""

    lang: str
    title: str
    says: str
    dated: str
    corner: str
    columns: list[str]
    total: str
    rows: list[PivotLine]
    notes: list[str]
    printed: str
    watermark: str
    mark: str


class MonthBar(TypedDict):
    """The balances of one month, part upon part, in yuan."""

    label: str
    parts: list[float]


class Section(TypedDict):
    """A block of the page about a customer; `kind`: lines, todo or table."""

    kind: str
    title: str
    note: str
    empty: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


class BarsSection(Section):
    """The block of assets by month, with the names of the parts."""

    months: list[MonthBar]
    names: list[str]


class PortraitPaper(TypedDict):
    """The one page about a customer."""

    lang: str
    title: str
    cut: str
    name: str
    about: str
    aged: str
    light: str
    chips: list[str]
    more: str
    jotting: str
    left: list[Section | BarsSection]
    right: list[Section]
    wide: list[Section]
    footer: list[str]
    watermark: str


class CriticalLine(TypedDict):
    """A customer of the weekly list: the class dealt with first, and the others behind it in one line each."""

    number: str
    due: str
    weekday: str
    customer: str
    tier: str
    word: str
    amount: str
    sentence: str
    others: list[str]
    action: str
    dont: str


class CriticalPaper(TypedDict):
    """The weekly list of the seven critical classes."""

    title: str
    week: str
    span: str
    about: list[str]
    counts: str
    warnings: list[str]
    heads: list[str]
    codes: list[str]
    legend: list[str]
    rows: list[CriticalLine]
    nobody: str
    notes: list[str]


class CardRow(TypedDict):
    """A line of a journey card; `tick`: 1 done, 0 to be done, -1 for what is not ticked; `when`: the day in words."""

    tick: int
    strong: bool
    when: str
    text: str
    aside: str


class CardBlock(TypedDict):
    """A section of a journey card. `place`: the column where it begins at the earliest: 0 and 1 on the front, 2 and 3 on
    the back; `dated`: the date of its figures in words."""

    place: int
    title: str
    dated: str
    rows: list[CardRow]


class CardSide(TypedDict):
    """A journey card: what stands at the head of each side, and its sections in their order; `number`: its row, by which its
    result comes back, '' where none does."""

    number: str
    name: str
    about: str
    stage: str
    since: str
    warnings: list[str]
    blocks: list[CardBlock]


class CardsPaper(TypedDict):
    """Journey cards; `folded`: one an A4, its front above its back, else two, their backs on the next page."""

    title: str
    folded: bool
    hint: str
    blank: str
    front: str
    back: str
    more: str
    result: str
    codes: list[str]
    signs: list[str]
    jotting: str
    nobody: str
    cards: list[CardSide]


class BandBar(TypedDict):
    """A band of the four pots: shares of 1, -1 where they are not known."""

    name: str
    what: str
    share: str
    least: float
    most: float
    low: float
    high: float
    range: str
    verdict: str
    strong: bool


class PaperLine(TypedDict):
    """A line: what it is about, its words, and a remark."""

    head: str
    text: str
    aside: str


class PaperCheck(TypedDict):
    """A check with its mark."""

    mark: str
    name: str
    text: str
    source: str
    hit: bool


class PaperTable(TypedDict):
    """A table with its heading and lines below it."""

    title: str
    note: str
    heads: list[str]
    rows: list[list[str]]
    below: list[str]


class AllocationPaper(TypedDict):
    """The four pots of one customer."""

    lang: str
    title: str
    name: str
    about: str
    alarm: str
    pots_title: str
    pots_note: str
    heads: list[str]
    bars: list[BandBar]
    cover: str
    cover_title: str
    notes: list[str]
    moves_title: str
    moves: list[PaperLine]
    no_moves: str
    combo: PaperTable | None
    ladder: PaperTable | None
    checks_title: str
    checks: list[PaperCheck]
    jotting: str
    risks: list[str]
    footer: list[str]
    watermark: str


class PackageRow(TypedDict):
    """The package of a class: its ranges in words, and as shares of 1."""

    name: str
    cells: list[str]
    lows: list[float]
    highs: list[float]
    cover: str


class AllocationGuidePaper(TypedDict):
    """The packages, the combos and the ladder in general."""

    lang: str
    title: str
    about: str
    packages_title: str
    package_heads: list[str]
    packages: list[PackageRow]
    package_notes: list[str]
    bands_title: str
    bands: list[PaperLine]
    combos_title: str
    combos: list[PaperTable]
    ladder: PaperTable
    cover_title: str
    risks: list[str]
    footer: list[str]
