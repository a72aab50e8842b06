"""What not to say is kept until something is written of a customer, and is then what his portrait says (issue 13)."""

from collections.abc import Sequence

import pytest

from tests.workbench.conftest import SmallBook
from workbench.insight.portrait import limits
from workbench.insight.room import Insight
from workbench.outreach.today import saying
from workbench.outreach.today.saying import UnsaidWords
from workbench.rules.parameters import Rules

DAY = "2026-11-16"


def texts(insight: Insight, number: str) -> tuple[str, ...]:
    return tuple(one.text for one in insight.portrait(number).do_not_say)


def test_only_those_written_of_are_read_again(small: SmallBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", DAY)
    for number in ("1", "2"):
        small.customer(number)
        small.month(number, aum_balance=600_000, aum_daily_average=600_000, age=70)
    insight = small.insight
    insight.engine.ensure()
    unsaid = UnsaidWords(insight.engine, Rules.load())
    read: list[int] = []

    def limits_of(conn: object, layers: object, people: Sequence[int], *more: object) -> object:
        read.extend(people)
        return limits.limits_of(conn, layers, people, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(saying, "limits_of", limits_of)
    people = list(small.ids.values())
    with small.book.read() as conn:
        before = unsaid(conn, people, DAY)
        assert unsaid(conn, people, DAY) == before
    assert read == people
    assert before == {small.ids[number]: texts(insight, number) for number in ("1", "2")}
    small.touch("1", 0, "refused")
    with small.book.read() as conn:
        after = unsaid(conn, people, DAY)
    assert read == [*people, small.ids["1"]]
    assert after[small.ids["2"]] == before[small.ids["2"]]
    assert after[small.ids["1"]] != before[small.ids["1"]]
    # the tag layers follow in the background: then he is read once more
    insight.engine.ensure()
    with small.book.read() as conn:
        assert unsaid(conn, people, DAY)[small.ids["1"]] == texts(insight, "1")
    assert read[3:] == [small.ids["1"]]
    with small.book.read() as conn:
        unsaid(conn, people, "2026-11-17")
    assert read[4:] == people
