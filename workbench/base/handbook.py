"""The method handbook (docs/domain.md): its sections by number, as the code cites them and the window shows them.

The number at the head of a heading is the section's anchor ('4.4', '2.2 a'); the n-th item of a numbered list in it is
'4.4-n'. The text is Chinese in every language of the program.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _

_HEADING = re.compile(r"^(#{1,4}) (?:(\d+(?:\.\d+)?(?: [a-z])?) )?(.+)$")
_ITEM = re.compile(r"^(\d+)\. ")


@dataclass(frozen=True, slots=True)
class HandbookSection:
    """A heading and the lines below it up to the next one. `number` is '' for the title of the whole, `level` 1 to 4."""

    number: str
    title: str
    level: int
    lines: tuple[str, ...]

    @property
    def name(self) -> str:
        """Number and title, as the heading reads."""
        return f"{self.number} {self.title}".strip()

    @property
    def anchors(self) -> tuple[str, ...]:
        """The number, then that of each numbered item; none for the title of the whole."""
        items = (_ITEM.match(line) for line in self.lines)
        numbered = (f"{self.number}-{item[1]}" for item in items if item)
        return (self.number, *numbered) if self.number else ()


@cache
def sections() -> tuple[HandbookSection, ...]:
    """All sections in order."""
    return tuple(_read((files("docs") / "domain.md").read_text("utf-8")))


def part(number: str) -> tuple[HandbookSection, ...]:
    """A section with those below it: '4' also gives 4.1 and the rest. Raises WorkbenchError handbook_section."""
    whole = sections()
    start = next((place for place, one in enumerate(whole) if number and one.number == number), None)
    if start is None:
        raise WorkbenchError(
            "handbook_section",
            _("口径手册里没有这一节:{number}。").format(number=number),
            _("不写编号,就列出全部小节。"),
        )
    level = whole[start].level
    below = (place for place, one in enumerate(whole) if place > start and one.level <= level)
    return whole[start : next(below, len(whole))]


def written(shown: tuple[HandbookSection, ...]) -> str:
    """Sections as they stand in the file."""
    return "\n".join("\n".join((f"{'#' * one.level} {one.name}", *one.lines)) for one in shown)


def _read(text: str) -> Iterator[HandbookSection]:
    head: re.Match[str] | None = None
    lines: list[str] = []
    for line in text.splitlines():
        if found := _HEADING.match(line):
            if head is not None:
                yield _section(head, lines)
            head, lines = found, []
        else:
            lines.append(line)
    if head is not None:
        yield _section(head, lines)


def _section(head: re.Match[str], lines: list[str]) -> HandbookSection:
    return HandbookSection(head[2] or "", head[3], len(head[1]), tuple(lines))
