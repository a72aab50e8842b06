"""The words for a customer whom the year's calendar puts on the week's list: those that the calendar has for his touch."""

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import Connection

from workbench.base.dates import week_of
from workbench.base.i18n import _
from workbench.outreach.dates.room import days_of
from workbench.outreach.leads.calendar import ON_ITS_DAY, WeekTouch, kind_of_touch, week_touches
from workbench.outreach.playbook.choosing import ChosenScript, ScriptChoice
from workbench.outreach.playbook.gate import Withheld, gate
from workbench.outreach.playbook.hearer import Hearer
from workbench.outreach.playbook.library import ScriptLibrary
from workbench.outreach.playbook.room import Playbook
from workbench.outreach.playbook.touches import touch_script
from workbench.outreach.wishes.reasons import BETWEEN
from workbench.rules.parameters import Rules


def touch_scripts(
    conn: Connection, playbook: Playbook, kinds: Mapping[int, str], day: str
) -> dict[int, ScriptChoice]:
    """Customer id -> the script for his touch in the week of a day (ISO), of those whom the calendar lists (`kinds`: kind of the
    first reason of each); who has none there is left out."""
    listed = {one for one, kind in kinds.items() if kind in ON_ITS_DAY}
    if not listed:
        return {}
    first: dict[int, WeekTouch] = {}
    week = week_of(dt.date.fromisoformat(day))
    for touch in week_touches(conn, week, playbook.rules, listed):
        if kind_of_touch(touch) == kinds[touch.customer_id]:
            first.setdefault(touch.customer_id, touch)
    hearers = playbook.hearers.of(conn, list(first), day)
    silent, held = playbook.is_quiet(conn, day), playbook.in_use(conn)
    made = {
        one: _choice(conn, playbook.rules, touch, hearers[one], held, silent=silent)
        for one, touch in first.items()
        if one in hearers
    }
    return {one: choice for one, choice in made.items() if choice is not None}


def _choice(
    conn: Connection, rules: Rules, touch: WeekTouch, hearer: Hearer, held: ScriptLibrary, *, silent: bool
) -> ScriptChoice | None:
    """The script for a touch, or why it is withheld; None where the calendar has no text for it."""
    script = touch_script(
        touch.reason, hearer.main or None, old=hearer.old, quiet=silent and touch.kind != "service",
        held=held,
    )  # fmt: skip
    if script is None:
        return None
    verdict = gate(script, hearer, rules, silent=silent)
    if isinstance(verdict, Withheld):
        return ScriptChoice((), (verdict,))
    about = dt.date.fromisoformat(touch.occurrence)
    fills = {
        "hello": _("您好"), "day": _("{month}月{day}日").format(month=about.month, day=about.day),
        "name": _event(conn, touch) if "{name}" in script.text else "",
    }  # fmt: skip
    text = _(script.text).format_map(fills)
    return ScriptChoice(
        (ChosenScript(script, text, 0.0, "", cautions=verdict.cautions, limits=hearer.unsaid),), ()
    )


def _event(conn: Connection, touch: WeekTouch) -> str:
    """The name of the day that a touch is for."""
    code = touch.reason.partition(BETWEEN)[2]
    days = days_of(conn, int(touch.occurrence[:4]))
    name = next((one.name for one in days if code in (one.row, one.code)), "")
    return name.partition("(")[0].strip()
