"""Words for a touch are copied as a draft, which is no contact (domain 6.10)."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from db.tables import touches
from db.year import drafts
from tests.workbench.conftest import SmallBook
from workbench.base.errors import WorkbenchError
from workbench.outreach.dates.room import Dates
from workbench.outreach.drafts import Drafts, drafted
from workbench.outreach.playbook.library import library
from workbench.outreach.yearplan.plan import PlannedTouch
from workbench.rules.parameters import Rules

RULES = Rules.load()


def touch(id_: int, customer: int, reason: str, occurrence: str, kind: str = "care") -> PlannedTouch:
    return PlannedTouch(
        id_, customer, f"{customer}", "王芳", "L5", reason, reason, occurrence, kind, "wecom", 3, 3.0, occurrence,
        occurrence, occurrence, occurrence, "planned",
    )  # fmt: skip


@pytest.fixture
def room(small: SmallBook, monkeypatch: pytest.MonkeyPatch) -> Drafts:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-03-16")
    small.customer("1", birth_date="1950-01-01")
    small.customer("2", birth_date="1990-01-01")
    for number in ("1", "2"):
        small.month(number, aum_balance=3e5, aum_daily_average=3e5)
    small.insight.engine.ensure()
    return Drafts(
        small.book, RULES, small.insight.engine, Dates(small.book, RULES).of, lambda conn: library()
    )


def test_words_follow_the_segment_the_event_and_the_silent_day(room: Drafts, small: SmallBook) -> None:
    elder, other = small.ids["1"], small.ids["2"]
    listed = [
        touch(1, elder, "festival.mid_autumn", "2026-09-25"), touch(2, other, "festival.mid_autumn", "2026-09-25"),
        touch(3, other, "birthday", "2026-04-05"), touch(4, other, "maturity_1", "2026-04-05", "service"),
    ]  # fmt: skip
    said = room.words(listed, limits=True)
    assert said[1].script == "G-124"
    assert said[2].script == "G-123"
    assert said[2].dont[0] == "问候里不带产品和利率"
    # 2026-04-05 is 清明: no greeting, a service is done all the same
    assert library().scripts[said[3].script].quiet
    assert "4月5日" in said[4].say
    assert room.scripts(listed) == {id_: one.script for id_, one in said.items()}
    assert room.words([touch(5, other, "segment.unheard_of", "2026-04-07")])[5].say == ""


def test_a_copy_is_a_draft_that_can_be_undone_and_no_contact(room: Drafts, small: SmallBook) -> None:
    one = touch(1, small.ids["2"], "birthday", "2026-03-20")
    change = room.keep(one, "G-401")
    assert room.keep(replace(one, id=9), "G-401").undo_id is None
    with small.book.read() as conn:
        assert drafted(conn, {one.customer_id}) == {(one.customer_id, "birthday", "2026-03-20"): "2026-03-16"}
        assert conn.execute(select(func.count()).select_from(touches)).scalar() == 0
    assert change.undo_id is not None
    small.book.reverse(change.undo_id)
    with small.book.read() as conn:
        assert drafted(conn, {one.customer_id}) == {}


def test_a_script_copied_for_a_scene_is_logged_once_a_day(room: Drafts, small: SmallBook) -> None:
    change = room.keep_script("2", "G-405", "greeting", "wecom", "改过的话")
    assert change.undo_id is not None
    assert room.keep_script("2", "G-405", "greeting", "wecom").undo_id is None
    with pytest.raises(WorkbenchError) as refused:
        room.keep_script("2", "X-999", "greeting", "wecom")
    assert refused.value.code == "no_such_script"
    with small.book.read() as conn:
        row = conn.execute(select(drafts)).one()
    assert (row.customer_id, row.reason, row.script, row.text) == (
        small.ids["2"], "scene.greeting", "G-405", "改过的话",
    )  # fmt: skip
    small.book.reverse(change.undo_id)
    with small.book.read() as conn:
        assert conn.execute(select(func.count()).select_from(drafts)).scalar() == 0
