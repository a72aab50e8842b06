"""What customers are contacted for: the reasons of resources/rules/outreach_touches.toml, in columns and in words."""

import datetime as dt
from dataclasses import dataclass

from workbench.base.i18n import _
from workbench.outreach.cadence.capacity import channel_seconds
from workbench.outreach.wishes.wish_table import KINDS
from workbench.rules.parameters import Rules

#: no contact of its own
NO_CHANNEL = "none"
#: between the reason of an event and its code: 'festival.mid_autumn'
BETWEEN = "."


@dataclass(frozen=True, slots=True)
class TouchReason:
    """One reason. `kind`: place in KINDS; `channels`: of the base, the waist and the head, NO_CHANNEL where nobody is
    contacted for it; `before`, `after`: days around the best one."""

    code: str
    priority: int
    kind: int
    channels: tuple[str, str, str]
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class TouchReasons:
    """The reasons by code, the seconds of each channel, and the channels that are a talk."""

    by_code: dict[str, TouchReason]
    seconds: dict[str, int]
    talks: frozenset[str]
    without_wecom: str

    @classmethod
    def of(cls, rules: Rules) -> "TouchReasons":
        """By the rules in force."""
        kinds = [KINDS.index(kind) for kind in rules.words("touch.kinds")]
        sides = zip(
            rules.words("touch.base_channels"), rules.words("touch.channels"), rules.words("touch.head_channels"),
            strict=True,
        )  # fmt: skip
        spans = [map(int, rules.numbers(f"touch.{side}")) for side in ("before", "after")]
        columns = (
            rules.words("touch.reasons"),
            map(int, rules.numbers("touch.priorities")),
            kinds,
            sides,
            *spans,
        )
        reasons = (TouchReason(*row) for row in zip(*columns, strict=True))
        return cls(
            {one.code: one for one in reasons}, channel_seconds(rules), frozenset(rules.words("touch.talks")),
            str(rules["touch.without_wecom"]),
        )  # fmt: skip

    def __getitem__(self, code: str) -> TouchReason:
        return self.by_code[reason_group(code)]


def reason_group(code: str) -> str:
    """The reason that an event's is of: 'festival.mid_autumn' -> 'festival'; others are their own."""
    return code.partition(BETWEEN)[0]


def reason_name(code: str, rules: Rules) -> str:
    """The name of a reason or of its group, as filters show it."""
    return rules.text(f"touch.{reason_group(code)}")


def touch_words(code: str, occurrence: dt.date, rules: Rules, event: str = "", *, old: bool = False) -> str:
    """What a touch is about, in words; `event`: the name of the event of 'festival.x'. `old`: the data are too old for
    deadlines (see `measures/freshness.py`)."""
    group = reason_group(code)
    for key in (f"touch.{group}.words.old", f"touch.{group.partition('_')[0]}.words.old") if old else ():
        if rules.has_text(key):
            return rules.text(key)
    day = _("{month}月{day}日").format(month=occurrence.month, day=occurrence.day)
    return rules.text(f"touch.{group}.words").format(day=day, name=event or reason_name(code, rules))
