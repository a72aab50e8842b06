"""`CalendarRow`: what the calendar says of one festival, term, key date or rhythm, shipped or written by the branch."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from db.values import Json
from workbench.base.i18n import _
from workbench.base.workdays import Shift
from workbench.outreach.dates.year_day import Stream, Use

#: who wrote a row: nobody here (as shipped), the branch, the manager for himself
Whose = Literal["", "branch", "personal"]

STREAMS: tuple[Stream, ...] = ("festival", "term", "segment", "product")
USES: tuple[Use, ...] = ("personal", "group", "none")
SHIFTS: tuple[Shift, ...] = ("greeting", "deadline", "follow_up")
#: words of a row in the order of a file, by the key that it has there
_TEXTS = {
    "name": "name", "short": "short", "at": "at", "until": "until", "rule": "whom", "segment": "segment", "channel": "channel",
    "says": "says", "forbids": "forbids", "mark": "mark",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """An entry of resources/festivals.toml, which says what each means. Texts are msgids; `whom` is its `rule`.

    `off`: it is not shown; `shipped`: the program has a row of this code; `whose`: who wrote this one.
    """

    code: str
    name: str
    at: str
    stream: Stream = "festival"
    until: str = ""
    use: Use = "none"
    whom: str = ""
    segment: str = ""
    channel: str = ""
    says: str = ""
    forbids: str = ""
    marketing: bool = False
    silent: bool = False
    shift: Shift | None = None
    off: bool = False
    mark: str = "P"
    short: str = ""
    shipped: bool = False
    whose: Whose = ""

    @property
    def title(self) -> str:
        """The name in the language in use."""
        return _(self.name)

    @property
    def shifts(self) -> Shift:
        """How it is shifted from a day off: what it says, else by its stream."""
        return self.shift or ("greeting" if self.stream in ("festival", "term") else "follow_up")

    def as_json(self) -> dict[str, Json]:
        """The form of an entry of the file, `stream` beside it."""
        body: dict[str, Json] = {key: getattr(self, name) for key, name in _TEXTS.items()}
        body |= {"stream": self.stream, "use": self.use, "shift": self.shift}
        body |= {"marketing": self.marketing, "silent": self.silent}
        return {key: value for key, value in body.items() if value}

    @classmethod
    def from_json(cls, code: str, raw: Mapping[str, object]) -> "CalendarRow":
        """A row from the form of the file; what is missing or unknown in it counts as left out."""
        texts = {name: str(raw.get(key) or "") for key, name in _TEXTS.items()}
        return cls(
            code=code,
            name=texts["name"],
            at=texts["at"],
            stream=next((one for one in STREAMS if one == raw.get("stream")), "festival"),
            until=texts["until"],
            use=next((one for one in USES if one == raw.get("use")), "none"),
            whom=texts["whom"],
            segment=texts["segment"],
            channel=texts["channel"],
            says=texts["says"],
            forbids=texts["forbids"],
            marketing=raw.get("marketing") is True,
            silent=raw.get("silent") is True,
            shift=next((one for one in SHIFTS if one == raw.get("shift")), None),
            off=raw.get("off") is True,
            mark=texts["mark"] or "P",
            short=texts["short"],
        )


def written_row(code: str, body: str) -> CalendarRow:
    """A row as it stands in a book."""
    return CalendarRow.from_json(code, json.loads(body))
