"""What to say to a customer in a scene, and what not to: the only place that hands out words (domain 8.5).

Until there is a library of scripts it answers the texts of the method, those of the nodes of the year, and the limits of the
portrait.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from workbench.base.dates import today
from workbench.base.i18n import _, semicolons
from workbench.insight.portrait.limits import limits_of
from workbench.insight.tags.layers import Layers
from workbench.outreach.dates.year_day import YearDay
from workbench.outreach.greetings import Greeting, greeting_for
from workbench.outreach.methods import Method, catalogue
from workbench.outreach.reason import PROMISE
from workbench.outreach.week.entry import WeekEntry
from workbench.outreach.yearplan.plan import PlannedTouch
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class Words:
    """`say`: the opening; `do`: what is done in this contact; `dont`: what must not be said or done, the strictest first;
    `script`: the code of the text that is said, '' where it has none."""

    say: str = ""
    do: str = ""
    dont: tuple[str, ...] = ()
    script: str = ""


def words(entry: WeekEntry, scene: str = "", dont: Collection[str] = (), *, old: bool = False) -> Words:
    """The words for a customer of the week. `scene`: kind of a method or of a reason, '' for his highest reason, said as his
    row of the plan says it; `dont`: what the portrait says not to say (see `words_of`); `old`: the data are too old for
    days."""
    kind = scene or (entry.reasons[0].kind if entry.reasons else "")
    method = method_of(kind)
    if kind == PROMISE:
        promised = [one.note or one.sentence for one in entry.reasons if one.source == PROMISE]
        say = semicolons(promised) or _text(method, "script", old=old)
        return Words(say, _text(method, "action", old=old), tuple(dont))
    say = entry.script if entry.script and not scene else _text(method, "script", old=old)
    return Words(say, _text(method, "action", old=old), tuple(dont))


def words_of(
    conn: Connection, layers: Layers | None, entries: Iterable[WeekEntry], rules: Rules, *, old: bool = False
) -> Mapping[int, Words]:
    """Customer id -> the words for each of these, his limits with them, in a few readings for all. `layers`: the tag layers in
    the book, None where there are none."""
    listed = list(entries)
    people = [one.person.customer_id for one in listed]
    limits = (
        limits_of(conn, layers, people, today().isoformat(), rules) if layers is not None and people else {}
    )
    spoken: dict[int, Words] = {}
    for one in listed:
        dont = tuple(never.text for never in limits.get(one.person.customer_id, ()))
        spoken[one.person.customer_id] = words(one, "", dont, old=old)
    return spoken


@dataclass(frozen=True, slots=True)
class TouchScene:
    """What the words for a touch go by. `event`: the one that it is for; `segment`: code of the customer's main one; `silent`:
    its day is a silent one; `old`: the data are too old for days."""

    event: YearDay | None = None
    segment: str | None = None
    silent: bool = False
    old: bool = False


def words_for(touch: PlannedTouch, scene: TouchScene, dont: Collection[str] = ()) -> Words:
    """The words for a touch of the year. A greeting on a silent day gives way to the quiet one; what the event forbids goes
    before `dont`, what the portrait says not to say. Empty where no text is for it."""
    greeting = _greeting(touch, scene)
    event = scene.event
    forbids = re.findall(r"[^;;]+", event.forbids) if event is not None else []
    if greeting is None:
        return Words("", "", (*forbids, *dont))
    about = dt.date.fromisoformat(touch.occurrence)
    day = _("{month}月{day}日").format(month=about.month, day=about.day)
    name = event.name.partition("(")[0].strip() if event is not None else ""
    text = _(greeting.text).format(name=name, day=day)
    return Words(text, event.says if event is not None else "", (*forbids, *dont), greeting.code)


def script_of(touch: PlannedTouch, scene: TouchScene) -> str:
    """The code of what `words_for` says, '' for none."""
    greeting = _greeting(touch, scene)
    return greeting.code if greeting is not None else ""


def _greeting(touch: PlannedTouch, scene: TouchScene) -> Greeting | None:
    quiet = scene.silent and touch.kind != "service"
    return greeting_for(touch.reason, scene.segment, old=scene.old, quiet=quiet)


def method_of(kind: str) -> Method | None:
    """The method of a scene: by its own kind, else the one of the five that takes reasons of this kind."""
    offers = catalogue()
    return offers.of(kind) or next((one for one in offers.methods if kind in one.leads), None)


def _text(method: Method | None, part: str, *, old: bool) -> str:
    """A text of a method for one customer; what counts customers of a row is not said to one."""
    if method is None:
        return ""
    text = method.texts.get(f"{part}_old" if old else part, method.texts.get(part, ""))
    return "" if "{" in text else _(text)
