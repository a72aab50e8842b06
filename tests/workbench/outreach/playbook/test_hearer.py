"""What not to say is kept until something is written of a customer, and is then what his portrait says (issue 13)."""

from collections.abc import Sequence

import pytest

from db.tables import products
from tests.workbench.conftest import SmallBook
from workbench.insight.portrait import limits
from workbench.insight.room import Insight
from workbench.outreach.playbook import hearer
from workbench.outreach.playbook.hearer import Hearers
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
    unsaid = Hearers(insight.engine, Rules.load(), lambda conn: frozenset(), lambda conn: ()).unsaid
    read: list[int] = []

    def limits_of(conn: object, layers: object, people: Sequence[int], *more: object) -> object:
        read.extend(people)
        return limits.limits_of(conn, layers, people, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(hearer, "limits_of", limits_of)
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


def test_hearer_is_known_by_his_layers_and_addressed_by_his_surname(small: SmallBook) -> None:
    small.customer("1", name="欧阳静", gender="女", birth_date="1951-01-01")
    small.customer("2", name="王*", gender="男")
    small.month("1", aum_balance=3e5, aum_daily_average=3e5, age=75)
    hearers = Hearers(small.insight.engine, Rules.load(), lambda conn: frozenset({"age"}), lambda conn: ())
    people = list(small.ids.values())
    with small.book.read() as conn:
        bare = hearers.of(conn, people, DAY)
    assert bare[small.ids["1"]].hello == "欧阳女士,您好"
    assert not bare[small.ids["1"]].values
    small.insight.engine.ensure()
    with small.book.read() as conn:
        read = hearers.of(conn, people, DAY)
    elder = read[small.ids["1"]]
    assert elder.main == "elder"
    assert "elder" in elder.segments
    assert elder.style == ""
    assert elder.values.age == 75
    assert read[small.ids["2"]].hello == "王先生,您好"


def test_the_shelf_is_read_anew_for_everybody_once_it_was_written_to(small: SmallBook) -> None:
    small.customer("1")
    small.month("1", aum_balance=3e5, aum_daily_average=3e5)
    small.insight.engine.ensure()
    shelves = iter((("sold today",), ("sold tomorrow",)))
    hearers = Hearers(
        small.insight.engine,
        Rules.load(),
        lambda conn: frozenset(),
        lambda conn: next(shelves),  # type: ignore[arg-type,return-value]
    )
    person = small.ids["1"]
    with small.book.read() as conn:
        assert hearers.of(conn, [person], DAY)[person].shelf == ("sold today",)
        assert hearers.of(conn, [person], DAY)[person].shelf == ("sold today",)
    with small.book.write("import", "products") as writer:
        writer.insert(products, [{"product_code": "P1", "product_name": "一号"}])
    with small.book.read() as conn:
        assert hearers.of(conn, [person], DAY)[person].shelf == ("sold tomorrow",)
