"""投诉危机转化 SOP (domain 9): six steps, four levels, two clocks, and the turn-around that waits."""

import re
from collections import Counter

from workbench.outreach.playbook.library import library

LIBRARY = library()
COMPLAINT = [one for one in LIBRARY.scripts.values() if one.library == "complaint"]
STEPS = [one for one in COMPLAINT if "sop" in one.of]
TURN = [one for one in COMPLAINT if "turn" in one.of]


def test_each_of_the_six_steps_has_at_least_three_texts_and_one_for_everybody() -> None:
    assert list(LIBRARY.axes["sop"]) == ["stop", "listen", "sorry", "check", "decide", "follow"]
    counts = Counter(one.of["sop"] for one in STEPS)
    assert set(counts) == set(LIBRARY.axes["sop"])
    assert min(counts.values()) >= 3
    general = {one.of["sop"] for one in STEPS if not (one.segment or one.style or one.tower)}
    assert general == set(LIBRARY.axes["sop"])


def test_the_manager_reads_what_each_level_and_both_clocks_ask() -> None:
    hints = [one for one in COMPLAINT if one.to == "manager"]
    assert {one.of["level"] for one in hints if "level" in one.of} == set(LIBRARY.axes["level"])
    clocks = " ".join(one.text for one in hints)
    assert all(word in clocks for word in ("30 分钟", "3 个工作日", "15 天", "30 天", "周末"))


def test_while_a_complaint_is_handled_nothing_is_sold() -> None:
    for one in STEPS:
        assert one.kind == "service"
        assert one.regime == ""
        assert not re.search(r"理财|基金|存款|保险|利率|优惠|礼品", one.text)


def test_nobody_is_urged_to_take_it_back_or_paid_for_silence() -> None:
    for one in (*STEPS, *TURN):
        assert not re.search(r"撤|算了|补偿您|赔您|送您|不追究(?!”)", one.text)


def test_the_turn_around_waits_for_a_satisfied_close_of_fourteen_days() -> None:
    """But who cancels a card now is only asked once why."""
    assert {one.of["turn"] for one in TURN} == {"account", "card"}
    waiting = [one for one in TURN if one.kind != "service"]
    assert len(waiting) == len(TURN) - 1
    for one in waiting:
        assert one.at_least["days_since_satisfied"] == 14
        assert one.at_most["complaints_open"] == 0
    assert [one.kind for one in TURN if one.kind == "marketing"] == ["marketing"]
