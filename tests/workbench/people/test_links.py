"""Family and company links: added by hand, seen from both sides, and what a family holds together."""

import pytest

from tests.workbench.conftest import AS_OF, MONTH, SmallBook
from workbench.base.errors import WorkbenchError
from workbench.insight.measures.links import columns
from workbench.insight.measures.scope import Scope, reported_data
from workbench.people.links import Links
from workbench.rules.parameters import Rules


def links(small: SmallBook) -> Links:
    return Links(small.book, Rules.load())


def measured(small: SmallBook) -> dict[str, dict[str, int | None]]:
    """The [links] measures of every customer, by number."""
    rules = Rules.load()
    with small.book.read() as conn:
        told = reported_data(conn, MONTH)
        assert told is not None
        scope = Scope(MONTH, AS_OF, told)
        rows = conn.execute(scope.statement(columns(scope, rules))).mappings().all()
    numbers = {row_id: number for number, row_id in small.ids.items()}
    return {numbers[row["customer_id"]]: dict(row) for row in rows}


def family(small: SmallBook) -> Links:
    """1 and 2 are married, 3 is the child of 2, 4 has nobody."""
    for number, yuan in (("1", 300_000), ("2", 49_000), ("3", 1_000), ("4", 80_000)):
        small.month(number, aum_daily_average=yuan)
    made = links(small)
    made.add("1", "spouse", other_no="2")
    made.add("2", "child", other_no="3")
    return made


def test_a_family_is_everybody_reached_along_family_links(small: SmallBook) -> None:
    found = family(small).of("3", MONTH)
    assert [one.customer_no for one in found.members] == ["3", "2", "1"]
    assert found.aum_fen == 35_000_000
    assert "3 人" in found.reason
    assert "35.0万" in found.reason


def test_a_link_is_seen_from_the_other_side_by_its_inverse(small: SmallBook) -> None:
    made = family(small)
    assert [(one.kind_name, one.customer_no) for one in made.of("2").relations] == [
        ("配偶", "1"),
        ("子女", "3"),
    ]
    assert [(one.kind_name, one.customer_no) for one in made.of("3").relations] == [("父母", "2")]


def test_without_a_family_link_the_household_cannot_be_told(small: SmallBook) -> None:
    made = family(small)
    made.add("4", "employer", other_name="甲贸易有限公司")
    found = made.of("4", MONTH)
    assert found.aum_fen is None
    assert "无法判断" in found.reason


def test_who_has_no_figures_is_named_and_not_counted_as_nothing(small: SmallBook) -> None:
    made = family(small)
    small.customer("5")
    made.add("4", "parent", other_no="5")
    made.add("4", "sibling", other_name="周小敏")
    found = made.of("4", MONTH)
    assert found.aum_fen == 8_000_000
    assert "1 人没有数据" in found.reason
    assert "1 人不是本行客户" in found.reason


def test_the_measures_say_the_same_for_the_whole_book(small: SmallBook) -> None:
    made = family(small)
    made.add("4", "owned", other_name="甲贸易有限公司")
    found = measured(small)
    assert [found[n]["family_size"] for n in "1234"] == [2, 2, 2, 0]
    assert [found[n]["household_aum"] for n in "1234"] == [35_000_000, 35_000_000, 35_000_000, None]
    assert [found[n]["company_link"] for n in "1234"] == [0, 0, 0, 1]
    for number in "1234":
        assert found[number]["household_aum"] == made.of(number, MONTH).aum_fen


def test_a_relative_who_is_no_customer_makes_a_family_of_ones_own_assets(small: SmallBook) -> None:
    small.month("1", aum_daily_average=300_000)
    links(small).add("1", "spouse", other_name="陈先生")
    assert measured(small)["1"]["household_aum"] == 30_000_000
    assert measured(small)["1"]["family_size"] == 1


def test_the_measures_of_one_customer_see_relatives_outside_the_few(small: SmallBook) -> None:
    family(small)
    rules = Rules.load()
    with small.book.read() as conn:
        told = reported_data(conn, MONTH)
        assert told is not None
        scope = Scope(MONTH, AS_OF, told, only=[small.ids["3"]])
        rows = conn.execute(scope.statement(columns(scope, rules))).mappings().all()
    assert [(row["family_size"], row["household_aum"]) for row in rows] == [(2, 35_000_000)]


def test_adding_a_link_can_be_undone(small: SmallBook) -> None:
    made = family(small)
    change = made.add("4", "spouse", other_name="王先生")
    assert change.undo_id is not None
    small.book.reverse(change.undo_id, forward=False)
    assert made.of("4").relations == ()


def test_removing_a_link_takes_it_from_both_sides(small: SmallBook) -> None:
    made = family(small)
    made.remove(made.of("3").relations[0].id)
    assert made.of("3").relations == ()
    assert [one.customer_no for one in made.of("2").relations] == ["1"]
    with pytest.raises(WorkbenchError) as gone:
        made.remove(999)
    assert gone.value.code == "no_such_relation"


@pytest.mark.parametrize(
    ("kind", "to", "code"),
    [
        ("cousin", {"other_no": "4"}, "no_such_link"),
        ("spouse", {}, "link_to_nobody"),
        ("spouse", {"other_no": "1"}, "link_to_self"),
        ("spouse", {"other_no": "404"}, "no_such_customer"),
        ("sibling", {"other_no": "2"}, "linked_already"),
        ("spouse", {"other_no": "4"}, "linked_already"),
    ],
)
def test_a_link_that_makes_no_sense_is_refused(
    small: SmallBook, kind: str, to: dict[str, str], code: str
) -> None:
    made = family(small)
    with pytest.raises(WorkbenchError) as refused:
        made.add("1", kind, **to)
    assert refused.value.code == code
    assert len(made.of("1").relations) == 1


def test_the_same_outside_name_is_linked_once(small: SmallBook) -> None:
    made = family(small)
    made.add("1", "owned", other_name="甲公司")
    with pytest.raises(WorkbenchError) as twice:
        made.add("1", "owned", other_name=" 甲公司 ")
    assert twice.value.code == "linked_already"
