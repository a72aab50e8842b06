"""Scripts found by what is typed and by what they are for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from workbench.base.i18n import _
from workbench.insight.genes.data import NEUTRAL
from workbench.outreach.dates.shipped import shipped_rows
from workbench.outreach.playbook.library import ScriptLibrary, axis_words
from workbench.outreach.playbook.script import Script, Whose
from workbench.people.names import pinyin


@dataclass(frozen=True, slots=True)
class Looking:
    """What is looked for; '' and empty: anything. `words`: all of them, in the text, the scene, the book, the number, what the
    script is for, the day of the calendar, or the initials of the scene in pinyin; `of`: axis -> value."""

    words: str = ""
    scene: str = ""
    segment: str = ""
    style: str = ""
    stage: str = ""
    book: str = ""
    whose: Whose | None = None
    of: Mapping[str, str] = field(default_factory=dict)


def matching(scripts: Iterable[Script], held: ScriptLibrary, looking: Looking) -> list[Script]:
    """The scripts that fit, in the order given. One that is for everybody fits each segment, style and stage."""
    words = looking.words.lower().split()
    return [one for one in scripts if _fits(one, looking) and all(word in _line(one, held) for word in words)]


def _fits(one: Script, looking: Looking) -> bool:
    return (
        looking.scene in ("", one.scene)
        and looking.book in ("", one.library)
        and looking.whose in (None, one.whose)
        and _among(looking.segment, one.segment)
        and _among(looking.style, one.style)
        and _among(looking.stage, one.stage)
        and all(value_of(one, axis) == value for axis, value in looking.of.items())
    )


def _among(wanted: str, of: tuple[str, ...]) -> bool:
    return not wanted or not of or wanted in of


def value_of(one: Script, axis: str) -> str:
    """What a script says of an axis: one of its book, its scene, the one style (neutral where it is for all) or segment that it
    is for; '' for nothing."""
    if axis in one.of:
        return one.of[axis]
    if axis == "scene":
        return one.scene
    if axis == "style":
        return one.style[0] if len(one.style) == 1 else "" if one.style else NEUTRAL
    return one.segment[0] if axis == "segment" and len(one.segment) == 1 else ""


def _line(one: Script, held: ScriptLibrary) -> str:
    """Everything that a script is found by, in small letters."""
    scene = _(held.scenes[one.scene].name)
    book = held.books.get(one.library)
    nodes = (_(name) for reason in one.touches if (name := _nodes().get(reason)))
    parts = (
        one.id, _(one.text), scene, _(book.name) if book else "", axis_words(one.of), one.source, *_initials(scene), *nodes,
    )  # fmt: skip
    return " ".join(parts).lower()


@cache
def _nodes() -> Mapping[str, str]:
    """Reason of a touch -> the name (msgid) of the day of the calendar that it is for."""
    return {f"{row.stream}.{row.code}": row.name for row in shipped_rows().values()}


@lru_cache(maxsize=256)
def _initials(scene: str) -> tuple[str, str]:
    """The pinyin of a scene, whole and by initials."""
    (whole,), (short,) = pinyin([scene])
    return whole or "", short or ""
