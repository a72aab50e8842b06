"""What a journey card is made of: lines and sections as frozen values, and the portrait that they are read from."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from workbench.base.sensitivity import Place
from workbench.insight.portrait.portrait import Portrait
from workbench.people.privacy import Cover
from workbench.rules.parameters import Rules
from workbench.rules.sentences import undated

_FIGURE = re.compile(r"\d")
#: of a task: to be done, its day is past, done; '' for a line that is no task
LineState = Literal["", "open", "late", "done"]


@dataclass(frozen=True, slots=True)
class JourneyLine:
    """A line of a card: its words, the reason behind them (`aside`), the day that it is about (ISO, '' for none)."""

    text: str
    aside: str = ""
    date: str = ""
    state: LineState = ""

    def as_json(self) -> dict[str, Any]:
        """The line for programs."""
        return {
            "text": self.text,
            "aside": self.aside,
            "date": self.date or None,
            "state": self.state or None,
        }


@dataclass(frozen=True, slots=True)
class JourneySection:
    """A section of a card. `dated`: the day (ISO) of its figures, '' where there are none; a section that cannot be told has
    one line, which names what would tell it, and is not `known`."""

    key: str
    title: str
    lines: tuple[JourneyLine, ...]
    dated: str = ""
    known: bool = True

    def as_json(self) -> dict[str, Any]:
        """The section for programs."""
        lines = [one.as_json() for one in self.lines]
        return {
            "section": self.key,
            "title": self.title,
            "dated": self.dated or None,
            "known": self.known,
            "lines": lines,
        }


@dataclass(slots=True)
class JourneySource:
    """What the sections are made of: the portrait, the rules, the names of codes; texts are masked for `place`."""

    portrait: Portrait
    rules: Rules
    words: Mapping[str, str]
    place: Place
    cover: Cover = field(init=False)

    def __post_init__(self) -> None:
        portrait = self.portrait
        relatives = portrait.household.relations if portrait.household else ()
        self.cover = Cover(
            [(portrait.name, portrait.customer_no), *((one.name, one.customer_no or "") for one in relatives)]
        )

    @property
    def day(self) -> str:
        """The day that the card is made for (ISO), '' where nothing is known of the customer."""
        picture = self.portrait.picture
        return picture.day if picture is not None else self.portrait.as_of or ""

    @property
    def as_of(self) -> str:
        """The data date (ISO), '' without data."""
        return self.portrait.as_of or ""

    def text(self, key: str, **figures: object) -> str:
        """A sentence of the card."""
        return self.rules.text(f"card.{key}").format(**figures)

    def line(self, text: str, aside: str = "", date: str = "", state: LineState = "") -> JourneyLine:
        """A line, masked, the data date left out of it that stands in the title of its section."""
        return JourneyLine(self._clean(text), self._clean(aside), date, state)

    def section(
        self, key: str, title: str, lines: Iterable[JourneyLine], untold: str, dated: str | None = None
    ) -> JourneySection:
        """A section of lines; `untold` is its one line where there are none. `dated`: None for the data date."""
        made, day = tuple(lines), self.as_of if dated is None else dated
        if not made:
            told = self.line(untold)
            return JourneySection(key, title, (told,), day if _FIGURE.search(told.text) else "", known=False)
        return JourneySection(key, title, made, day)

    def _clean(self, text: str) -> str:
        """A text masked, without the data date at its head, which stands in the title of its section."""
        text = undated(self.rules, self.as_of, self.cover(" ".join(text.split())))
        dated = self.rules.text("standing.head").partition(",")[0].format(as_of=self.as_of)
        return text.removeprefix(f"{dated},").strip().removesuffix("。")
