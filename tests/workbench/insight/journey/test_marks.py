"""Ticking a task of the card by hand: one change each, that is undone; refused where there is nothing to tick (domain 3)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.known import light_decisions
from tests.workbench.conftest import KeptSmallBook, SmallBook
from workbench.base.errors import WorkbenchError
from workbench.insight.journey.marked import shown_done

TODAY = "2026-11-05"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> KeptSmallBook:
    def fill(small: SmallBook) -> None:
        small.customer("1", open_date="2026-10-20")
        small.month("1", aum_balance=2e4, aum_daily_average=2e4)

    return KeptSmallBook(tmp_path_factory.mktemp("marks"), TODAY, fill)


@pytest.fixture
def newcomer(kept: KeptSmallBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallBook]:
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)
    with kept.copied(tmp_path / "newcomer.book") as opened:
        yield opened


def state(small: SmallBook, task: str) -> tuple[bool | None, str, str]:
    found = next(one for one in small.insight.marks.tasks("1") if one.code == task)
    return found.done, found.done_by, found.left_out


def test_a_tick_stands_on_the_portrait_and_goes_with_its_change(newcomer: SmallBook) -> None:
    change = newcomer.insight.marks.tick("1", "hook")
    assert state(newcomer, "hook") == (True, "hand", "")
    card = newcomer.insight.portrait("1").stage
    assert card is not None
    assert "hook" not in {one.code for one in card.due}
    assert change.undo_id is not None
    newcomer.book.reverse(change.undo_id, forward=False)
    assert state(newcomer, "hook") == (None, "", "")


def test_a_portrait_of_before_does_not_know_of_a_later_tick(newcomer: SmallBook) -> None:
    newcomer.insight.marks.tick("1", "hook")
    card = newcomer.insight.portrait("1", "2026-11-01").stage
    assert card is not None
    assert {one.code: one.done for one in card.tasks}["hook"] is None


def test_a_task_is_left_out_with_a_reason_and_taken_back(newcomer: SmallBook) -> None:
    marks = newcomer.insight.marks
    marks.leave_out("1", "介绍一款钩子产品", "客户不愿意")
    assert state(newcomer, "hook") == (None, "", "declined")
    marks.take_back("1", "hook")
    assert state(newcomer, "hook") == (None, "", "")


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda m: m.tick("1", "call_red"), "no_such_task"),
        (lambda m: m.tick("9", "hook"), "no_such_customer"),
        (lambda m: m.leave_out("1", "hook", "没空"), "no_such_reason"),
        (lambda m: m.take_back("1", "hook"), "not_ticked"),
        (lambda m: (m.tick("1", "hook"), m.tick("1", "hook")), "already_done"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_and_writes_nothing_more(
    newcomer: SmallBook, act: object, code: str
) -> None:
    assert callable(act)
    with pytest.raises(WorkbenchError) as refused:
        act(newcomer.insight.marks)
    assert refused.value.code == code


@pytest.fixture(scope="module")
def kept_leaving(tmp_path_factory: pytest.TempPathFactory) -> KeptSmallBook:
    run = [50e4] * 8 + [14e4]
    return KeptSmallBook(
        tmp_path_factory.mktemp("leaving"),
        TODAY,
        lambda small: small.months("1", {"aum_daily_average": run, "aum_balance": run}),
    )


@pytest.fixture
def leaving(
    kept_leaving: KeptSmallBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SmallBook]:
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)
    with kept_leaving.copied(tmp_path / "leaving.book") as opened:
        yield opened


@pytest.mark.parametrize(
    ("kind", "value", "date", "done"),
    [
        ("cause", "competition", "2026-11-02", True),
        ("cause", "unknown", "2026-11-02", None),  # nobody knows
        ("mute", None, "2026-11-02", None),
        ("cause", "natural", "2026-10-20", None),  # of before the stay
    ],
)
def test_a_cause_told_with_the_light_needs_no_tick(
    leaving: SmallBook, kind: str, value: str | None, date: str, done: bool | None
) -> None:
    assert state(leaving, "reason") == (None, "", "")
    with leaving.book.write("light", kind) as writer:
        row = {
            "customer_id": leaving.ids["1"],
            "date": date,
            "kind": kind,
            "value": value,
            "until": "2026-11-03",
        }
        writer.insert(light_decisions, [row])
    shown = (done, "decision" if done else "", "")
    assert state(leaving, "reason") == shown
    leaving.insight.engine.ensure()
    on_board = next(one.card for one in leaving.insight.journey.rows("J4") if one.customer_no == "1")
    for card in (on_board, leaving.insight.journey.of("1")):
        assert (
            next((one.done, one.done_by, one.left_out) for one in card.tasks if one.code == "reason") == shown
        )
    if done:
        with pytest.raises(WorkbenchError) as refused:
            leaving.insight.marks.take_back("1", "reason")
        assert refused.value.code == "not_ticked"


def test_an_outflow_that_was_explained_tells_the_cause_even_when_it_ran_out(small: SmallBook) -> None:
    person = small.customer("1")
    with small.book.write("light", "explain") as writer:
        row = {"customer_id": person, "date": "2026-11-02", "kind": "explain", "value": "house"}
        writer.insert(light_decisions, [{**row, "until": "2026-11-03"}])
    with small.book.read() as conn:
        mark = shown_done(conn, [person])[person][0]
        assert (mark.stage, mark.task, mark.state, mark.date) == ("J4", "reason", "done", "2026-11-02")
        assert mark.decided
        assert shown_done(conn, [person], "2026-11-01") == {}
