"""Moving a customer by hand: reason and end, the machine's view beside it, the way back; what is refused, and how."""

import pytest

from tests.workbench.conftest import SmallBook
from workbench.base.errors import WorkbenchError
from workbench.insight.journey.room import Journey


@pytest.fixture
def journey(small: SmallBook, monkeypatch: pytest.MonkeyPatch) -> Journey:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    small.flat("A")
    small.customer("B", occupation="本行员工")
    small.flat("B")
    return small.insight.journey


def test_a_move_counts_until_its_end_and_the_machine_comes_back(small: SmallBook, journey: Journey) -> None:
    assert journey.of("A").code == "J3"
    journey.move("A", "J4", "客户 说要转走 ")
    assert journey.of("A").code == "J4"
    move = journey.moves.in_force("A")
    assert move is not None
    assert (move.machine, move.machine_shown, move.reason) == ("J3", "稳定经营期", "客户 说要转走")
    assert move.expires == journey.moves.until() == "2027-02-14"
    back = journey.by_machine("A")
    assert journey.of("A").code == "J3"
    assert journey.moves.in_force("A") is None
    assert back.undo_id is not None
    small.book.reverse(back.undo_id)
    assert journey.of("A").code == "J4"


def test_the_machines_view_stays_beside_a_second_move(journey: Journey) -> None:
    journey.move("A", "J4", "客户说要转走")
    journey.move("A", "赢回期", "已经转走")
    move = journey.moves.in_force("A")
    assert move is not None
    assert (move.value, move.machine) == ("J5", "J3")


def test_the_end_follows_the_rule(small: SmallBook, journey: Journey) -> None:
    room = small.ruled(journey__hand_days=30).journey
    assert room.moves.until() == "2026-12-16"


@pytest.mark.parametrize(
    ("number", "stop", "reason", "code", "words"),
    [
        ("A", "J9", "看看", "bad_stage", "没有“J9”这个阶段。可以用:潜客蜜月期(J1)"),
        ("A", "J4", " ", "no_reason", "换阶段没有写理由。"),
        ("A", "J3", "看看", "same_stage", "客户已经在稳定经营期。"),
        ("B", "J4", "看看", "outside_journey", "本行员工"),
        ("Z", "J4", "看看", "no_such_customer", "没有客户号"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_sentence(
    journey: Journey, number: str, stop: str, reason: str, code: str, words: str
) -> None:
    with pytest.raises(WorkbenchError) as refused:
        journey.move(number, stop, reason)
    assert refused.value.code == code
    assert words in refused.value.sentence()
    assert number == "Z" or journey.moves.in_force(number) is None


def test_nobody_moved_nothing_to_take_back(journey: Journey) -> None:
    with pytest.raises(WorkbenchError) as refused:
        journey.by_machine("A")
    assert refused.value.code == "not_moved"
