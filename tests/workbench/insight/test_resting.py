"""What an answer rests on: a page that read it reads again when one of these tables is written, and only then."""

from collections.abc import Callable

import pytest

from db.footprint import footprint, rests_on
from db.tables import DATA, GIVEN
from tests.workbench.conftest import SmallBook
from workbench.insight.room import Insight
from workbench.people.customer_list import CustomerQuery

DATA_NAMES = frozenset(table.name for table in DATA)
ANSWERS: dict[str, Callable[[Insight], object]] = {
    "check": lambda insight: insight.check(),
    "customers": lambda insight: insight.customers(CustomerQuery(), 0, 10),
    "portrait": lambda insight: insight.portrait("1"),
    "board": lambda insight: insight.towers.board(),
    "matrix": lambda insight: insight.matrix.grid(),
    "pivot": lambda insight: insight.pivot.table("tier", "tier", "customers"),
    "picked": lambda insight: insight.picking.count("aum_balance > 0"),
    "tags": lambda insight: (insight.tags.health(), insight.tags.rows()),
}


@pytest.fixture
def insight(small: SmallBook, monkeypatch: pytest.MonkeyPatch) -> Insight:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    for no in "12":
        small.flat(no)
    small.batch()
    return small.insight


def test_the_check_and_the_tags_are_computed_from_the_tables_declared_as_data(insight: Insight) -> None:
    with footprint() as job:
        insight.check()
        insight.engine.ensure()
    # settings say how a person's own fields are shown, and no figure rests on that
    given = {table.name for table in GIVEN} - {"settings"}
    assert job.read & given == DATA_NAMES
    assert job.written == set(), "what is computed is no change of the book"


def test_an_answer_from_memory_rests_on_what_the_first_one_rested_on(insight: Insight) -> None:
    for name, answer in ANSWERS.items():
        with footprint() as first:
            answer(insight)
        with footprint() as again:
            answer(insight)
        assert rests_on(again.read) == rests_on(first.read), name
        assert rests_on(again.read) >= DATA_NAMES, name


def test_a_list_rests_on_the_lists_and_the_questionnaire_on_itself(insight: Insight) -> None:
    with footprint() as job:
        insight.picking.lists()
    assert {"lists", "list_members"} <= job.read
    assert not rests_on(job.read) & DATA_NAMES
    with footprint() as job:
        insight.genes.styles()
    assert rests_on(job.read) == {"styles", "settings"}
