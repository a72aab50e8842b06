"""Splits a sheet with months side by side (1月AUM … 12月AUM, or groups 2026年9月 | 2026年10月) into one sheet a month."""

import itertools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.base.dates import shift_month
from workbench.intake.catalogue.fields import CUSTOMER_NO, PERSON, FieldCatalogue
from workbench.intake.catalogue.periods import month_number
from workbench.intake.form.layout import Layout, headings
from workbench.intake.form.months import last_day, lone_year
from workbench.intake.form.stacked import HeadingWords, chains, joined
from workbench.intake.reading.reader import Cell, RawSheet
from workbench.rules.parameters import Rules

_YEAR = r"(?<!\d)((?:19|20)\d\d)"
_NUMBER = r"(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_MONTH = (
    rf"(?:{_YEAR}\s*年\s*)?{_NUMBER}\s*月(?:份|末|底|度)?(?:\s*\d{{1,2}}\s*日)?"
    rf"|{_YEAR}\s*[-./_]\s*(1[0-2]|0?[1-9])(?:\s*[-./]\s*\d{{1,2}})?(?!\d)|{_YEAR}(1[0-2]|0[1-9])(?!\d)"
)
#: a month at the start or at the end of a heading
_FIRST = re.compile(rf"^(?:{_MONTH})")
_LAST = re.compile(rf"(?<![近前第\d])(?:{_MONTH})\s*[)\]】》]?$")
_EDGES = " _-—·.:()[]【】《》/"


@dataclass(frozen=True, slots=True)
class MonthPart:
    """The columns of one month as a sheet of its own, with the month's last day (None: its year cannot be told)."""

    sheet: RawSheet
    as_of: str | None


@dataclass(frozen=True, slots=True)
class _Marked:
    """A column of one month: year (None: not told), month, and the texts over it without the month."""

    year: str | None
    month: int
    rest: tuple[str, ...]


def months_beside(
    sheet: RawSheet,
    layout: Layout,
    base: str | None,
    texts: Sequence[str],
    catalogue: FieldCatalogue,
    rules: Rules,
) -> tuple[MonthPart, ...]:
    """The months of a wide list of customers, each as a sheet, in their order; empty where it is no such list.

    `base` is the date of the file or title, `texts` may name the year. At least two consecutive months must tell the same
    known figure. A part has the cells of the other months blank, so that every cell keeps its address; of columns without
    a month the earlier ones keep those that identify the person only.
    """
    lines = [headings(sheet.row(index)) for index in range(layout.top, layout.header + 1)]
    stacks = chains(lines, sheet.merged, layout.top)
    marked = {index: one for index, stack in enumerate(stacks) if (one := _marked(stack))}
    if len({(one.year, one.month) for one in marked.values()}) < 2:
        return ()
    names = _names(marked, catalogue, HeadingWords.of(rules), layout.depth)
    fields = {index: _field(layout.names[index], catalogue) for index in range(len(layout.names))}
    if not {CUSTOMER_NO, *PERSON} & {fields[index] for index in fields if index not in marked}:
        return ()
    if not _same_figure(marked, names, catalogue) or _repeated(marked, names, layout, catalogue):
        return ()
    groups = _in_order(marked, sheet, layout)
    if not groups:
        return ()
    months = _years([key for key, _columns in groups], base, lone_year(texts))
    kept = {index for index, key in fields.items() if key in (CUSTOMER_NO, *PERSON)}
    whole = set(range(len(sheet.columns))) - set(marked)
    newest = len(groups) - 1
    return tuple(
        MonthPart(
            _part(
                sheet,
                layout,
                columns,
                names,
                whole if at == newest else kept,
                _label(key, month),
                at == newest,
            ),
            None if month is None else last_day(month, base),
        )
        for at, ((key, columns), month) in enumerate(zip(groups, months, strict=True))
    )


def _marked(stack: tuple[str, ...]) -> _Marked | None:
    """The month that the texts over a column name, if it is exactly one."""
    marks: set[tuple[str | None, int]] = set()
    rest: list[str] = []
    for text in stack:
        plain = unicodedata.normalize("NFKC", text).strip()
        match = _FIRST.match(plain) or _LAST.search(plain)
        if match is None:
            rest.append(text)
            continue
        year = match[1] or match[3] or match[5]
        marks.add((year, month_number(match[2] or match[4] or match[6])))
        left = (plain[: match.start()] + plain[match.end() :]).strip()
        left = left if re.search(r"[(\[][^()\[\]]+[)\]]$", left) else left.strip(_EDGES)
        if left:
            rest.append(left)
    if len(marks) != 1 or not rest:
        return None
    ((year, month),) = marks
    return _Marked(year, month, tuple(rest))


def _names(
    marked: Mapping[int, _Marked], catalogue: FieldCatalogue, words: HeadingWords, depth: int
) -> dict[int, str]:
    """Column -> its heading without the month; 10月日均 is the daily average of the month."""
    by_month: dict[tuple[str | None, int], list[int]] = defaultdict(list)
    for index, one in marked.items():
        by_month[one.year, one.month].append(index)
    names: dict[int, str] = {}
    for columns in by_month.values():
        stacks = [marked[index].rest for index in columns]
        for index, name in zip(columns, joined(stacks, catalogue, words, max(depth, 2)), strict=True):
            averaged = "月" + name if name.startswith("日均") else name.replace("日均", "月日均", 1)
            names[index] = name if catalogue.find(name) or not catalogue.find(averaged) else averaged
    return names


def _field(name: str, catalogue: FieldCatalogue) -> str | None:
    match = catalogue.find(name, "customers") if name else None
    return match[0].key if match else None


def _figure(name: str, catalogue: FieldCatalogue) -> str | None:
    """The key of the monthly amount that a heading names."""
    match = catalogue.find(name, "customers") if name else None
    monthly = match is not None and match[0].kind == "money" and match[0].column("snapshots") is not None
    return match[0].key if match is not None and monthly else None


def _same_figure(marked: Mapping[int, _Marked], names: Mapping[int, str], catalogue: FieldCatalogue) -> bool:
    """Whether two consecutive months tell the same known amount."""
    months_of: dict[str, set[tuple[str | None, int]]] = defaultdict(set)
    for index, one in marked.items():
        if key := _figure(names[index], catalogue):
            months_of[key].add((one.year, one.month))
    return any(_next(month) & months for months in months_of.values() for month in months)


def _next(month: tuple[str | None, int]) -> set[tuple[str | None, int]]:
    year, number = month
    if number < 12:
        return {(year, number + 1)}
    return {(None if year is None else str(int(year) + 1), 1)}


def _repeated(
    marked: Mapping[int, _Marked], names: Mapping[int, str], layout: Layout, catalogue: FieldCatalogue
) -> bool:
    """Whether a column without a month tells a figure of the months too: which month it means cannot be told."""
    own = {_figure(name, catalogue) for index, name in enumerate(layout.names) if index not in marked}
    return bool((own & {_figure(name, catalogue) for name in names.values()}) - {None})


Group = tuple[tuple[str | None, int], list[int]]


def _in_order(marked: Mapping[int, _Marked], sheet: RawSheet, layout: Layout) -> list[Group]:
    """The months that have values, from the earliest to the latest, each with its columns."""
    groups: dict[tuple[str | None, int], list[int]] = defaultdict(list)
    for index in sorted(marked):
        if any(cell not in (None, "") for cell in sheet.columns[index][layout.header + 1 :]):
            groups[marked[index].year, marked[index].month].append(index)
    keys = list(groups)
    if all(year is not None for year, _month in keys):
        keys.sort(key=lambda key: (key[0] or "", key[1]))
    elif _wraps([month for _year, month in keys]) > _wraps([month for _year, month in reversed(keys)]):
        keys.reverse()
    return [(key, groups[key]) for key in keys]


def _wraps(months: Sequence[int]) -> int:
    return sum(later <= earlier for earlier, later in itertools.pairwise(months))


def _years(keys: Sequence[tuple[str | None, int]], base: str | None, year: str | None) -> list[str | None]:
    """The months as 'YYYY-MM'; those without a year end with the file's month, else lie in the only year that is named."""
    if all(named is not None for named, _month in keys):
        return [f"{named}-{month:02d}" for named, month in keys]
    numbers = [month for _year, month in keys]
    wraps = _wraps(numbers)
    own = base[:4] if base else year
    if (
        any(named is not None for named, _month in keys)
        or own is None
        or wraps > 1
        or (wraps and base is None)
    ):
        return [None] * len(keys)
    last = f"{own}-{numbers[-1]:02d}"
    if base and last > base[:7]:
        return [None] * len(keys)
    months = [last]
    for number in reversed(numbers[:-1]):
        after = months[0]
        earlier = f"{after[:4]}-{number:02d}"
        months.insert(0, earlier if earlier < after else shift_month(earlier, -12))
    return [*months]


def _label(key: tuple[str | None, int], month: str | None) -> str:
    return month or f"{key[1]}月"


def _part(
    sheet: RawSheet, layout: Layout, columns: Sequence[int], names: Mapping[int, str], others: set[int], label: str,
    newest: bool,
) -> RawSheet:  # fmt: skip
    """The sheet with these columns of a month under their bare names, and `others`; rows without a figure are blank."""
    body = range(layout.header + 1, sheet.height)
    filled = [any(sheet.columns[index][row] not in (None, "") for index in columns) for row in body]
    head = range(layout.top, layout.header)

    def cells(index: int) -> tuple[Cell, ...]:
        column = sheet.columns[index]
        if index not in others and index not in columns:
            return (*column[: layout.top], *[None] * (sheet.height - layout.top))
        under = [cell if filled[at] else None for at, cell in enumerate(column[layout.header + 1 :])]
        if index in others:
            return (*column[: layout.header + 1], *under)
        return (*column[: layout.top], *[None for _row in head], names[index], *under)

    own = frozenset(columns)
    return replace(
        sheet,
        name=sheet.name if newest else f"{sheet.name}({label})",
        columns=tuple(cells(index) for index in range(len(sheet.columns))),
        merged=tuple(
            area for area in sheet.merged
            if not (area[2] >= layout.top and area[0] <= layout.header and _across(area, own, others))
        ),
    )  # fmt: skip


def _across(area: tuple[int, int, int, int], own: frozenset[int], others: set[int]) -> bool:
    """Whether a merged area of the header stands over columns of a month."""
    return any(index in own or index not in others for index in range(area[1], area[3] + 1))
