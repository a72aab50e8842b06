"""What customers are contacted for: the reasons of resources/rules/outreach_touches.toml, in columns and in words."""

import datetime as dt
from dataclasses import dataclass

from workbench.base.i18n import _
from workbench.outreach.cadence.capacity import channel_seconds
from workbench.outreach.wishes.kinds import KINDS
from workbench.rules.parameters import Rules

#: no contact of its own
NO_CHANNEL = "none"
#: the reason that keeps up the interval
CADENCE = "cadence"
#: what comes back after an interval -> the rule with its days by level
_OFTEN = {CADENCE: "advice.cadence", "visit": "touch.visit_days", "review": "touch.review_days"}
#: a day further away is told with its year
_FAR = 180
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


@dataclass(frozen=True, slots=True)
class TouchFacts:
    """What the words of a touch may need beside its reason: `event`: the name of the event of 'festival.x'; its channel and day,
    None where it has none; the level of the customer and his own interval in days; `old`: the data are too old for deadlines
    (see `measures/freshness.py`)."""

    event: str = ""
    channel: str = ""
    day: dt.date | None = None
    tier: str | None = None
    own: int | None = None
    old: bool = False


def touch_words(code: str, occurrence: dt.date, rules: Rules, facts: TouchFacts = TouchFacts()) -> str:
    """What a touch is about, in words."""
    group = reason_group(code)
    if group in _OFTEN:
        return _often(group, facts, rules)
    late = facts.day is not None and facts.day > occurrence
    forms = (
        (f"{group}.words.old", facts.old), (f"{group.partition('_')[0]}.words.old", facts.old),
        (f"{group}.words.later", late), (f"{group}.words.{facts.channel}", True),
    )  # fmt: skip
    forms_there = (f"touch.{form}" for form, wanted in forms if wanted and rules.has_text(f"touch.{form}"))
    text = rules.text(next(forms_there, f"touch.{group}.words"))
    on = _day(facts.day) if facts.day is not None else ""
    far = facts.day is not None and abs((facts.day - occurrence).days) > _FAR
    about = occurrence.isoformat() if far else _day(occurrence)
    return text.format(day=about, on=on, name=facts.event or reason_name(code, rules))


def _often(reason: str, facts: TouchFacts, rules: Rules) -> str:
    """How often it is to be done; without a figure where neither the customer nor his level tells one."""
    by_level = rules.numbers(_OFTEN[reason])
    place = int(facts.tier[1:]) if facts.tier else len(by_level)
    days = round(by_level[place]) if place < len(by_level) else 0
    form = ""
    if reason == CADENCE and facts.own is not None:
        days, form = facts.own, ".own"
    elif not days:
        form = ".plain"
    elif rules.has_text(f"touch.{reason}.words.{facts.channel}"):
        form = f".{facts.channel}"
    tier = rules.text(f"tier.{facts.tier}") if facts.tier else ""
    return rules.text(f"touch.{reason}.words{form}").format(tier=tier, n=days)


def since_words(words: str, talk: str | None, today: dt.date, rules: Rules) -> str:
    """The words of the next touch by the interval with the day (ISO) of the last talk, None where none is logged."""
    if talk is None:
        return rules.text("touch.cadence.never").format(words=words)
    last = dt.date.fromisoformat(talk)
    day = _day(last) if last.year == today.year else talk
    return rules.text("touch.cadence.since").format(words=words, day=day)


def _day(day: dt.date) -> str:
    return _("{month}月{day}日").format(month=day.month, day=day.day)
