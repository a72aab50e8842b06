"""Lights and leads kept in memory are those that the book tells now (domain 4.5)."""

import datetime as dt
import json
from importlib.resources import files

import pytest

from tests.workbench.conftest import SmallBook
from tests.workbench.outreach.lights.test_room import MONDAY, on, outreach, put_falling
from workbench.base.holiday_files import notice_of
from workbench.base.workdays import keep_notice


def test_lights_and_leads_are_kept_until_something_beneath_them_changes(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_falling(small, 20)
    week = on(monkeypatch, MONDAY)
    room = outreach(small)
    room.leads.whole(week)
    seen = room.lights.of(week), room.leads.whole(week)
    assert room.lights.of(week) is seen[0]
    assert room.leads.whole(week) is seen[1]

    def changed() -> bool:
        nonlocal seen
        before, seen = seen, (room.lights.of(week), room.leads.whole(week))
        return before[0] is not seen[0] and before[1] is not seen[1]

    first = seen[0].working[0].risk.customer_no
    room.log_touch(first, channel="call", result="reached")
    assert changed()
    assert first in [one.risk.customer_no for one in seen[0].resting]
    room.confirm(week)
    assert changed()
    on(monkeypatch, MONDAY + dt.timedelta(days=1))
    assert changed()
    text = (files("resources") / "calendar" / "holidays" / "2026.json").read_text("utf-8")
    notice = json.loads(text)
    notice["days"] = [{"name": "停电", "date": "2026-11-05", "isOffDay": True}, *notice["days"]]
    keep_notice(small.book, notice_of(notice))
    assert changed()
    room.lights.mute(seen[0].working[0].risk.customer_no)
    assert changed()
