"""What to say to a customer in a scene, and what not to: the only place that hands out words (domain 8.5), of the playbook and of
what was promised."""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from workbench.base.i18n import _, semicolons
from workbench.outreach.case_scripts import case_scripts
from workbench.outreach.dates.year_day import YearDay
from workbench.outreach.methods import Method, catalogue, is_shipped
from workbench.outreach.playbook.choosing import ScriptChoice
from workbench.outreach.playbook.library import ScriptLibrary, library
from workbench.outreach.playbook.room import Playbook
from workbench.outreach.playbook.script import Script, ScriptKind
from workbench.outreach.playbook.touches import touch_script
from workbench.outreach.reason import PROMISE
from workbench.outreach.touch_scripts import touch_scripts
from workbench.outreach.week.entry import WeekEntry
from workbench.outreach.yearplan.plan import PlannedTouch

if TYPE_CHECKING:
    from workbench.insight.portrait.portrait import Portrait


@dataclass(frozen=True, slots=True)
class Words:
    """`say`: the opening; `do`: what is done in this contact; `dont`: what must not be said or done, the strictest first;
    `script`: the code of the text that is said, '' where it is none of the library's; `why`: why this one, or why none; `scene`:
    its code."""

    say: str = ""
    do: str = ""
    dont: tuple[str, ...] = ()
    script: str = ""
    why: str = ""
    scene: str = ""


def words(
    entry: WeekEntry,
    choice: ScriptChoice | None,
    dont: Collection[str] = (),
    *,
    old: bool = False,
    barred: str = "",
) -> Words:
    """The words for a customer of the week. What was promised to him goes first, then what a person wrote for his row of the
    plan, then the script of `choice` that fits him best; where the library has none for the reason, the text of the method, where
    all of them are withheld, nothing. `dont`: what the portrait says not to say; `old`: the data are too old for days; `barred`:
    why a contact of such a row is kept from him, so that neither what a person wrote nor the method is said, '' where it is not.
    """
    kind = entry.reasons[0].kind if entry.reasons else ""
    method = method_of(kind)
    do = method.to_one("action", old=old) if method else ""
    promised = [one.note or one.sentence for one in entry.reasons if one.source == PROMISE]
    if kind == PROMISE and any(promised):
        return Words(semicolons(promised), do, tuple(dont))
    if not barred and entry.script and not is_shipped(entry.script):
        return Words(entry.script, do, tuple(dont))
    if choice is not None and (choice.scripts or choice.withheld):
        return replace(words_from(choice, dont), do=do)
    if barred:
        return Words("", do, tuple(dont), "", barred)
    return Words(method.to_one("script", old=old) if method else "", do, tuple(dont))


def words_from(choice: ScriptChoice, dont: Collection[str] = ()) -> Words:
    """The best of some scripts; without one, why nothing is to be said."""
    best = choice.best
    if best is None:
        withheld = choice.why_withheld()
        return Words("", "", tuple(dont), "", withheld[0][0] if withheld else "")
    return Words(best.text, "", tuple(dont), best.script.id, best.why, best.script.scene)


def words_of(
    conn: Connection, playbook: Playbook, entries: Iterable[WeekEntry], day: str, *, old: bool = False
) -> Mapping[int, Words]:
    """Customer id -> the words for each of these on a day (ISO), his limits with them, in a few readings for all."""
    listed = list(entries)
    kinds = {one.person.customer_id: _lead(one.reasons[0].kind) for one in listed if one.reasons}
    choices = {
        **playbook.for_reasons(conn, kinds, day),
        **touch_scripts(conn, playbook, kinds, day),
        **case_scripts(conn, playbook, kinds, day),
    }
    markets = {one.person.customer_id: one.markets for one in listed}
    barred = playbook.barred(
        conn, {one: kind_of_contact(kind, markets=markets[one]) for one, kind in kinds.items()}, day
    )
    unsaid = playbook.hearers.unsaid(conn, list(markets), day)
    return {
        one.person.customer_id: words(
            one,
            choices.get(one.person.customer_id),
            unsaid.get(one.person.customer_id, ()),
            old=old,
            barred=barred.get(one.person.customer_id, ""),
        )
        for one in listed
    }


def words_on_portrait(
    conn: Connection, playbook: Playbook, portrait: "Portrait", entry: WeekEntry | None, day: str
) -> Words:
    """The words for a customer whose portrait is open, on a day (ISO): as his line of the week says them; of one who is on no
    list of the week those for his next step."""
    if entry is not None and entry.reasons:
        old = portrait.fresh is not None and portrait.fresh.stale
        return words_of(conn, playbook, [entry], day, old=old)[portrait.customer_id]
    winning = portrait.stage is not None and portrait.stage.code == "J5"
    # a task of the win-back card is no errand: it is said as the week says it
    acts = ["gone" if one.code == "journey" and winning else one.code for one in portrait.next_actions]
    choice = playbook.for_acts(conn, portrait.customer_id, acts, day, offers=portrait.offers)
    return words_from(choice, [one.text for one in portrait.do_not_say])


@dataclass(frozen=True, slots=True)
class TouchScene:
    """What the words for a touch go by. `event`: the one that it is for; `segment`: code of the customer's main one; `silent`:
    its day is a silent one; `old`: the data are too old for days; `held`: the library in force, None: the shipped one."""

    event: YearDay | None = None
    segment: str | None = None
    silent: bool = False
    old: bool = False
    held: ScriptLibrary | None = None


def words_for(touch: PlannedTouch, scene: TouchScene, dont: Collection[str] = ()) -> Words:
    """The words for a touch of the year. A greeting on a silent day gives way to the quiet one; what the event forbids goes
    before `dont`, what the portrait says not to say. Empty where no text is for it."""
    script = _of_touch(touch, scene)
    event = scene.event
    forbids = re.findall(r"[^;;]+", event.forbids) if event is not None else []
    if script is None:
        return Words("", "", (*forbids, *dont))
    about = dt.date.fromisoformat(touch.occurrence)
    day = _("{month}月{day}日").format(month=about.month, day=about.day)
    name = event.name.partition("(")[0].strip() if event is not None else ""
    text = _(script.text).format(name=name, day=day, hello=_("您好"))
    return Words(text, event.says if event is not None else "", (*forbids, *dont), script.id)


def script_of(touch: PlannedTouch, scene: TouchScene) -> str:
    """The code of what `words_for` says, '' for none."""
    script = _of_touch(touch, scene)
    return script.id if script is not None else ""


def _of_touch(touch: PlannedTouch, scene: TouchScene) -> Script | None:
    quiet = scene.silent and touch.kind != "service"
    return touch_script(touch.reason, scene.segment, old=scene.old, quiet=quiet, held=scene.held)


def method_of(kind: str) -> Method | None:
    """The method of a scene: by its own kind, else the one of the five that takes reasons of this kind."""
    offers = catalogue()
    return offers.of(kind) or next((one for one in offers.methods if kind in one.leads), None)


def _lead(kind: str) -> str:
    """The kind that scripts are looked up by: for a reason that names a method, that of what the method takes first."""
    method = None if library().occasion(kind=kind) else catalogue().of(kind)
    return method.leads[0] if method is not None and method.leads else kind


def kind_of_contact(kind: str, *, markets: bool) -> ScriptKind:
    """What a contact for a reason of the week (its kind) is; `markets`: his row of the plan does. For a reason that the library
    has no scene for it is care."""
    occasion = library().occasion(kind=kind)
    if markets or occasion is None:
        return "marketing" if markets else "care"
    return library().scenes[occasion.scenes[0]].kind
