"""`Part`: one sheet of the week as plain values, for paper and worksheet alike, before it has its number."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypedDict

from workbench.base.i18n import _, commas
from workbench.outreach.results.handed_sheet import HandedSheet, SheetRow
from workbench.people.privacy import tail
from workbench.sheets.content import Imprint, footer, typeset, week_span
from workbench.sheets.glyphs import unprintable

if TYPE_CHECKING:
    from workbench.sheets.pack.material import WeekMaterial


@dataclass(frozen=True, slots=True)
class Grid:
    """A part as a worksheet: `widths` of its columns in characters. `result`, `next`, `note`: columns (1 is the first) that are
    filled in, 0 for none; rows that come back begin with their number."""

    name: str
    title: str
    about: Sequence[str]
    heads: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[str]]
    result: int = 0
    next: int = 0
    note: int = 0
    notes: Sequence[str] = ()
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A sheet about to be numbered. `template`: function in resources/sheets/pack.typ; `rows`: its numbered rows; `date`: ISO,
    of a daily list; `dated`: data date (ISO); `fields`: what it tells of customers; `people`: different customers on it;
    `until`: the day (ISO) until which it is worked with, '' for today."""

    code: str
    template: str
    title: str
    paper: Mapping[str, object]
    fields: tuple[str, ...]
    people: int
    dated: str | None
    rows: tuple[SheetRow, ...] = ()
    date: str | None = None
    grids: tuple[Grid, ...] = ()
    #: sentences about characters that the paper cannot show
    unprinted: tuple[str, ...] = field(default=())
    until: str = ""


@dataclass(frozen=True, slots=True)
class PartKind:
    """A part that a pack may have: its code, its name in Chinese (msgid), what makes it (none, one or several sheets), and
    whether a pack has it unasked."""

    code: str
    shipped: str
    make: "Callable[[WeekMaterial], Sequence[Part]]"
    usual: bool = True

    @property
    def name(self) -> str:
        """Its name in the language in use."""
        return _(self.shipped)


class WeekHeading(TypedDict):
    """The head of a part: title, week, its days."""

    title: str
    week: str
    span: str


def heading(title: str, week: str) -> WeekHeading:
    """The head of a part about an ISO week."""
    return {
        "title": title,
        "week": _("第 {week} 周").format(week=int(week[-2:])),
        "span": week_span(week),
    }


def frame(imprint: Imprint, dated: str | None, handed: HandedSheet, place: int) -> dict[str, object]:
    """What stands on every page of a numbered sheet: data date, who printed it and when, number, until when it may be
    kept, watermark (domain 17); `place` of the sheet among those bound together, from 0."""
    return {
        "sheet": place,
        "coded": bool(handed.rows),
        "footer": footer(dated, imprint),
        "number": _("编号 {number}").format(number=handed.number),
        "destroy": _("{date} 前销毁").format(date=handed.destroy_by),
        "page": _("第 {n} / {all} 页"),
        "watermark": " ".join(filter(None, [imprint.printed_by, imprint.printed_at[:16], handed.number])),
    }


def noticed(people: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """One sentence for each customer (name, number) whose surname the paper has no sign for."""
    sentences = []
    for name, number in people:
        signs = unprintable(name[:1])
        if signs:
            words = _("{n} 个字打印不出:客户号尾号 {tail} 的姓,按拼音 {spelling} 印")
            spelling = commas(signs.values())
            sentences.append(typeset(words.format(n=len(signs), tail=tail(number), spelling=spelling)))
    return tuple(sentences)
