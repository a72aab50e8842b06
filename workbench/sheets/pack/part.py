"""`Part`: one sheet of the week as plain values, for paper and worksheet alike, before it has its number."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.base.i18n import _
from workbench.people.privacy import tail
from workbench.sheets.content import Imprint, footer, typeset
from workbench.sheets.glyphs import unprintable
from workbench.sheets.handed_out import HandedSheet, SheetRow

if TYPE_CHECKING:
    from workbench.sheets.pack.material import WeekMaterial


@dataclass(frozen=True, slots=True)
class Grid:
    """A part as a worksheet: `widths` in characters; `ids`: number of each row as it comes back, 0 for one that does not."""

    name: str
    title: str
    about: Sequence[str]
    heads: Sequence[str]
    widths: Sequence[int]
    rows: Sequence[Sequence[str]]
    ids: Sequence[int] = ()
    notes: Sequence[str] = ()
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A sheet about to be numbered. `template`: function in resources/sheets/pack.typ; `rows`: its numbered rows; `date`: ISO,
    of a daily list; `dated`: data date (ISO); `fields`: what it tells of customers; `people`: different customers on it."""

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


def frame(imprint: Imprint, dated: str | None, handed: HandedSheet) -> dict[str, object]:
    """What stands on every page of a numbered sheet: data date, who printed it and when, number, until when it may be
    kept, watermark (domain 17)."""
    return {
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
            spelling = "、".join(signs.values())
            sentences.append(typeset(words.format(n=len(signs), tail=tail(number), spelling=spelling)))
    return tuple(sentences)
