"""What our files ask for stands on the list of the week, whatever the plan has room for (domain 4.9, 7, 8.6, 9)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from db.mgm import referral_asks
from tests.workbench.conftest import KeptSmallBook, SmallBook
from workbench.outreach.case_due import CaseDue
from workbench.outreach.leads.case_leads import CASES, CaseRoom
from workbench.outreach.leads.room import Leads
from workbench.outreach.room import Outreach
from workbench.rules.parameters import Rules

WEEK = "2026-W47"
MONDAY = "2026-11-16"


def _fill(small: SmallBook) -> None:
    for no in ("a", "b", "c", "d", "e", "f", "g", "h"):
        small.month(no, aum_balance=3e5, aum_daily_average=3e5)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> KeptSmallBook:
    return KeptSmallBook(tmp_path_factory.mktemp("cases"), MONDAY, _fill)


@pytest.fixture
def small(kept: KeptSmallBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallBook]:
    monkeypatch.setenv("WORKBENCH_TODAY", MONDAY)
    with kept.copied(tmp_path / "copy.book") as book:
        yield book


def _files(monkeypatch: pytest.MonkeyPatch, *dues: CaseDue) -> None:
    """The rooms tell these files, whatever they have."""

    def of(room: CaseRoom) -> Any:
        def due(
            _conn: Any, _rules: Any, _work: Any, _first: str, last: str, only: Any = None
        ) -> list[CaseDue]:
            mine = [one for one in dues if one.kind in room.kinds and one.due <= last]
            return [one for one in mine if only is None or one.customer_id in only]

        return due

    monkeypatch.setattr(CaseRoom, "due", property(of))


def _outreach(small: SmallBook) -> Outreach:
    rules, insight = Rules.load(), small.insight
    leads = Leads(small.book, rules, insight.months, insight.checking, insight.engine)
    return Outreach(small.book, rules, leads, {})


def test_every_room_of_files_is_named_once_with_its_own_kinds() -> None:
    kinds = [kind for room in CASES for kind in room.kinds]
    assert sorted(kinds) == sorted(set(kinds))
    assert set(kinds) == {"complaint", "loss", "rival_due", "referral_feedback", "referral_ask"}


def test_a_file_stands_on_the_list_by_its_day_the_gravest_first_and_stays_until_it_is_dealt_with(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b, c = (small.ids[no] for no in "abc")
    _files(
        monkeypatch,
        CaseDue(a, "loss", "浮亏 3.0万,先听", "2026-11-10", 3_000_000, {"trouble": "drawdown"}),
        # its day is a Sunday: by Friday
        CaseDue(b, "complaint", "法定 15 天到 2026-11-22", "2026-11-22", evidence={"sop": "decide"}),
        CaseDue(c, "rival_due", "在甲银行的20.0万到期", "2026-11-18", 20_000_000),
        CaseDue(c, "complaint", "法定 15 天到 2026-11-20", "2026-11-20"),
    )
    outreach = _outreach(small)
    week = outreach.weeks.of(WEEK)
    seen = {one.person.customer_no: one for one in week.entries}
    assert list(seen)[:3] == ["a", "c", "b"]
    assert [one.kind for one in seen["c"].reasons] == ["complaint", "rival_due"]
    assert (seen["a"].promised, seen["b"].promised) == (MONDAY, "2026-11-20")
    assert seen["a"].first.amount == "浮亏3.0万"
    assert seen["c"].reasons[1].amount == "在他行20.0万"
    assert seen["b"].first.amount == ""
    # the words are those of the step at hand
    spoken = outreach.words(week.entries)
    assert spoken[b].script.startswith("CM-5")
    assert spoken[a].script.startswith("LS-1")
    # a contact does not end a file: who was spoken to stands again on the next day until the file is dealt with
    outreach.log_touch("a", channel="call", result="reached")
    again = outreach.weeks.of(WEEK).find(a)
    assert again is not None
    assert (again.reached, again.settled) == (True, False)


def test_who_complains_keeps_his_clock_and_loses_every_marketing_reason(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db.tables import complaints

    a = small.ids["a"]
    with small.book.write("complaint", "open") as writer:
        writer.insert(complaints, [{"customer_id": a, "date": "2026-11-13", "status": "处理中"}])
    _files(
        monkeypatch,
        CaseDue(a, "complaint", "先听客户讲完", MONDAY, evidence={"sop": "listen"}),
        CaseDue(a, "referral_ask", "刚成交,适合开口", "2026-11-19", evidence={"score": 90}),
        CaseDue(small.ids["b"], "referral_ask", "刚成交,适合开口", "2026-11-19", evidence={"score": 50}),
    )
    outreach = _outreach(small)
    plan = outreach.plan(WEEK)
    # whatever rows the plan has: a good moment passes, so he stands behind them, marketed to, by its last day
    empty = replace(plan, quick_wins=(), needs_resources=(), this_week=(), order=())
    *owed, last = outreach.weeks.of_plan(empty).entries
    assert (last.person.customer_no, last.planned, last.markets) == ("b", "2026-11-19", True)
    assert [one.person.customer_no for one in owed] == ["a"]
    rows = {item.kind: {one.customer_no for one in item.customers} for item in plan.quick_wins}
    assert "a" not in rows["referral_ask"]
    assert rows["referral_ask"] == {"b"}
    entry = outreach.weeks.of_plan(plan).find(a)
    assert entry is not None
    assert {one.kind for one in entry.reasons} == {"complaint"}
    assert outreach.words([entry])[a].script.startswith("CM-2")


def test_only_so_many_are_asked_for_a_referral_in_a_week_the_best_first_and_who_was_asked_counts(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks = [
        CaseDue(small.ids[no], "referral_ask", "刚成交", "2026-11-19", evidence={"score": score})
        for no, score in zip("abcdefgh", (10, 80, 20, 70, 30, 60, 40, 50), strict=True)
    ]
    _files(monkeypatch, *asks)
    asked = [one.customer_no for one in small.leads(WEEK) if one.kind == "referral_ask"]
    assert sorted(asked) == ["b", "d", "f", "g", "h"]
    with small.book.write("referral", "ask") as writer:
        writer.insert(referral_asks, [{"customer_id": small.ids["b"], "date": MONDAY, "answer": "declined"}])
    _files(monkeypatch, *[one for one in asks if one.customer_id != small.ids["b"]])
    asked = [one.customer_no for one in small.leads(WEEK) if one.kind == "referral_ask"]
    assert sorted(asked) == ["d", "f", "g", "h"]


def test_files_of_one_day_stand_in_the_order_of_their_page(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    clocks = {
        "c": (0, "2026-10-02", 1, 3),
        "b": (0, "2026-10-13", 0, 1),
        "a": (0, "2026-10-13", 3, 2),
        "d": (1, "", -1, 0),
    }
    _files(
        monkeypatch,
        *(CaseDue(small.ids[no], "complaint", no, "2026-11-10", order=clocks[no]) for no in "abdc"),
        CaseDue(small.ids["e"], "loss", "少", MONDAY, 100, order=(0, MONDAY, -100, 0)),
        CaseDue(small.ids["f"], "loss", "多", MONDAY, 900, whole="多,全句", order=(0, MONDAY, -900, 0)),
    )
    week = _outreach(small).weeks.of(WEEK)
    owed = [one for one in week.entries if one.promised]
    assert [one.person.customer_no for one in owed] == ["c", "b", "a", "d", "f", "e"]
    assert owed[4].first.as_json()["whole"] == "多,全句"
    led = [one.customer_no for one in small.leads(WEEK) if one.kind in ("complaint", "loss")]
    assert led == ["c", "b", "a", "d", "f", "e"]
