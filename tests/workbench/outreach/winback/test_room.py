"""Win-back as a file: opened by the confirmed cause, refused while a complaint is open, told by lists alone (domain 4.7, 4.9)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from db.cases import loss_cases
from db.tables import complaints, snapshots
from tests.workbench.conftest import KeptSmallBook, SmallBook
from workbench.base.errors import WorkbenchError
from workbench.outreach.leads.room import Leads
from workbench.outreach.room import Outreach
from workbench.outreach.winback.win_back import NewWinBack, RivalFact
from workbench.rules.parameters import Rules

MONDAY = "2026-11-16"
RATE = RivalFact("rate", "三年定期 1.85%", "对方官网", "2026-11-13")


def _fill(small: SmallBook) -> None:
    for no in ("fault", "rival", "plain"):
        small.customer(no, marketing_opt_out=0)
        small.month(no, aum_balance=3e5, aum_daily_average=3e5)
    small.touch("fault", 300)
    with small.book.write("promise", "make") as writer:
        from db.week import promises

        row: dict[str, Any] = {
            "customer_id": small.ids["fault"],
            "text": "送对账单",
            "due": "2026-10-10",
            "made": "2026-10-08",
        }
        writer.insert(promises, [{**row, "state": "open"}])


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> KeptSmallBook:
    return KeptSmallBook(tmp_path_factory.mktemp("winback"), MONDAY, _fill)


@pytest.fixture
def small(kept: KeptSmallBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallBook]:
    monkeypatch.setenv("WORKBENCH_TODAY", MONDAY)
    with kept.copied(tmp_path / "copy.book") as book:
        yield book


def _outreach(small: SmallBook) -> Outreach:
    rules, insight = Rules.load(), small.insight
    leads = Leads(small.book, rules, insight.months, insight.checking, insight.engine)
    return Outreach(small.book, rules, leads, {})


def _confirm(small: SmallBook, no: str, cause: str) -> None:
    from db.known import light_decisions

    with small.book.write("light", "cause") as writer:
        row: dict[str, Any] = {
            "customer_id": small.ids[no],
            "date": "2026-11-10",
            "kind": "cause",
            "value": cause,
        }
        writer.insert(light_decisions, [row])


def _code(room: object, *args: object, **named: object) -> str:
    with pytest.raises(WorkbenchError) as refused:
        room(*args, **named)  # type: ignore[operator]
    return refused.value.code


def test_the_confirmed_cause_names_the_strategy_and_another_needs_its_reason(small: SmallBook) -> None:
    room = _outreach(small).win_backs
    _confirm(small, "fault", "fault")
    view = room.of("fault")
    assert (view.cause, view.strategy, view.refused) == ("fault", "gap", "")
    assert {one.code for one in view.gaps} == {"silent", "promise"}
    assert any("送对账单" in one.words and "2026-10-10" in one.words for one in view.gaps)
    assert _code(room.open, "fault", NewWinBack(strategy="need")) == "no_reason"
    made = room.open("fault", NewWinBack(gaps=(view.gaps[0].key,)))
    case = room.of("fault").case
    assert case is not None
    assert (case.id, case.strategy, case.cause, len(case.gaps)) == (made.id, "gap", "fault", 1)
    assert _code(room.open, "fault") == "win_back_twice"
    # nobody confirmed anything: a need, and that is said
    plain = room.of("plain")
    assert (plain.cause, plain.strategy) == ("", "need")
    assert "预警" in plain.cause_words
    assert plain.untold
    small.book.reverse(made.change.undo_id or 0, forward=False)
    assert room.of("fault").case is None


def test_one_apology_and_what_was_promised_with_it_stands_among_the_promises(small: SmallBook) -> None:
    outreach = _outreach(small)
    room = outreach.win_backs
    case = room.open("fault").id
    change = room.apologise(case, "到期没有提前告诉您", "补打一年的对账单", "2026-11-20")
    kept = room.of("fault").case
    assert kept is not None
    assert (kept.apologised, kept.watch) == (MONDAY, "2026-12-16")
    due = {one.text: one.due for one in outreach.promises.open()}
    assert due["补打一年的对账单"] == "2026-11-20"
    assert due["服务观察期满,回访一次"] == "2026-12-16"
    assert _code(room.apologise, case, "再道一次", "", "") == "apologised"
    small.book.reverse(change.undo_id or 0, forward=False)
    assert [one.text for one in outreach.promises.open()] == ["送对账单"]


@pytest.mark.parametrize("closed", [None, "2026-10-20"])
def test_none_is_offered_while_a_complaint_or_an_escalated_loss_is_open(
    small: SmallBook, closed: str | None
) -> None:
    person = small.ids["rival"]
    with small.book.write("complaint", "open") as writer:
        row: dict[str, Any] = {
            "customer_id": person,
            "date": "2026-10-01",
            "status": "已办结" if closed else "处理中",
        }
        number = writer.insert(complaints, [{**row, "closed_date": closed}])[0]
    with small.book.write("loss", "open") as writer:
        case: dict[str, Any] = {
            "customer_id": person,
            "product": "某基金",
            "opened": "2026-11-01",
            "state": "escalated",
            "body": "{}",
        }
        writer.insert(loss_cases, [{**case, "complaint_id": number}])
    room = _outreach(small).win_backs
    if closed:
        assert room.of("rival").refused == ""
        return
    assert "投诉" in room.of("rival").refused
    assert _code(room.open, "rival") == "win_back_refused"


def test_a_comparison_has_facts_with_source_and_day_and_none_for_who_refused_marketing(
    small: SmallBook,
) -> None:
    room = _outreach(small).win_backs
    _confirm(small, "rival", "competition")
    bad = replace(RATE, source="")
    assert _code(room.open, "rival", NewWinBack(facts=(bad,))) == "no_source"
    assert _code(room.open, "rival", NewWinBack(facts=(replace(RATE, words="保本保息"),))) == "red_line"
    old = RivalFact("safety", "不是存款", "对方合同", "2026-08-01")
    new = NewWinBack(rival="甲银行", rival_rate="1.85", rival_amount="200000", rival_due="2026-12-20")
    case = room.open("rival", replace(new, facts=(RATE, old))).id
    made = room.comparison(case)
    by_side = {one.side: one for one in made.sides}
    assert "对方官网,2026-11-13" in by_side["rate"].theirs
    # too long ago to be told as of now
    assert by_side["safety"].theirs == ""
    assert "安全" in made.missing
    assert made.refused == ""
    with small.book.write("import", "customer") as writer:
        from db.tables import customers

        writer.update(customers, small.ids["rival"], {"marketing_opt_out": 1})
    assert room.comparison(case).refused


def test_won_is_what_a_newer_list_shows_more(small: SmallBook) -> None:
    room = _outreach(small).win_backs
    case = room.open("plain").id
    assert room.board().untold == 1
    assert _code(room.end, case, won=True) == "not_won"
    assert _code(room.end, case, won=False) == "no_reason"
    with small.book.write("import", "month") as writer:
        row: dict[str, Any] = {
            "customer_id": small.ids["plain"],
            "month": "2026-11",
            "as_of": "2026-11-30",
            "batch_id": 1,
            "source_row": 4,
        }
        writer.insert(snapshots, [{**row, "aum_balance": 45_000_000}])
    board = room.board()
    assert (board.won, board.counted, board.untold) == (15_000_000, 1, 0)
    change = room.end(case, won=True)
    ended = room.board().ended[0]
    assert (ended.state, ended.won.fen, ended.won.as_of) == ("won", 15_000_000, "2026-11-30")
    assert _code(room.change, case, NewWinBack()) == "win_back_ended"
    small.book.reverse(change.undo_id or 0, forward=False)
    assert room.board().open[0].id == case
