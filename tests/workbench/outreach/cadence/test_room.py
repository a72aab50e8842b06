"""How often a customer is contacted: by his level, or as he wants it; undoable (domain 6.5)."""

import pytest

from db.engine import Book
from tests.workbench.conftest import SmallBook
from workbench.base.errors import WorkbenchError
from workbench.outreach.cadence.room import Cadence
from workbench.rules.parameters import Rules


@pytest.fixture
def cadence(small: SmallBook, monkeypatch: pytest.MonkeyPatch) -> Cadence:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    small.flat("A", 600_000, months=3)
    return Cadence(small.book, Rules.load(), small.insight.engine)


def test_the_level_tells_it_until_the_customer_does(cadence: Cadence, small: SmallBook) -> None:
    assert cadence.interval_of("A").days is None
    assert cadence.losing().as_of is None, "no figures, no list"
    small.insight.engine.ensure()
    assert (cadence.interval_of("A").days, cadence.interval_of("A").own) == (45, False)
    losing, reviews = cadence.losing(), cadence.reviews_due()
    assert (*losing.customers, *losing.untold, *reviews.customers) == (), "one line, not a page of dashes"
    assert "没有联系记录" in losing.words
    assert "没有登记过" in reviews.words
    first = cadence.set_interval("A", 20, " 每月  见面 ")
    found = cadence.interval_of("A")
    assert (found.days, found.own, found.note, found.by_level) == (20, True, "每月 见面", 45)
    assert found.made == "2026-11-16"
    cadence.set_interval("A", 30)
    assert cadence.interval_of("A").days == 30
    cadence.set_interval("A", None)
    assert cadence.interval_of("A").days == 45
    assert cadence.set_interval("A", None).count == 0
    assert first.undo_id is not None


def test_it_can_be_undone(cadence: Cadence, small: SmallBook) -> None:
    book: Book = small.book
    change = cadence.set_interval("A", 20)
    assert change.undo_id is not None
    book.reverse(change.undo_id)
    assert not cadence.interval_of("A").own


@pytest.mark.parametrize(
    ("days", "note", "code"), [(0, "", "bad_interval"), (401, "", "bad_interval"), (9, "长" * 61, "too_long")]
)
def test_what_makes_no_sense_is_refused_in_words(cadence: Cadence, days: int, note: str, code: str) -> None:
    with pytest.raises(WorkbenchError) as caught:
        cadence.set_interval("A", days, note)
    assert (caught.value.code, bool(caught.value.sentence())) == (code, True)
