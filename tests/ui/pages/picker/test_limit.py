"""取前 N 位: only the first of those that match, written into the condition."""

import pytest

from tests.ui.bot import Bot
from ui.pages.picker.limit import LimitBar
from workbench.base.terms import Term

TERMS = (
    Term("average", "资产月日均", "money", aliases=("日均",)),
    Term("due", "到期日", "date"),
    Term("tier", "层级", "enum"),
    Term("city", "城市", "text"),
)


@pytest.fixture
def bar(qtbot: Bot) -> LimitBar:
    made = LimitBar()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def written(bar: LimitBar) -> list[str]:
    """The conditions that the bar wrote."""
    texts: list[str] = []
    bar.limited.connect(texts.append)
    return texts


def put(bar: LimitBar, number: str) -> None:
    bar.first.setText(number)
    bar.first.editingFinished.emit()


def test_only_what_has_an_order_is_ranked_by(bar: LimitBar) -> None:
    assert not bar.first.isEnabled()
    bar.offer(TERMS)
    bar.offer(TERMS)
    assert [bar.rank.itemData(at) for at in range(bar.rank.count())] == ["average", "due"]
    assert bar.first.isEnabled()
    assert bar.rank.isEnabled()


def test_a_number_is_written_behind_the_condition(bar: LimitBar, written: list[str]) -> None:
    bar.show_limit("tier = 'L3'", TERMS)
    put(bar, "50")
    assert written == ["tier = 'L3' top 50 by average"]
    put(bar, "50")
    assert len(written) == 1, "the same number asks nothing anew"


@pytest.mark.parametrize("by", ["average", "资产月日均", "日均", "`资产月日均`"])
def test_a_limit_in_the_text_is_shown_whatever_its_word(bar: LimitBar, written: list[str], by: str) -> None:
    bar.show_limit(f"tier = 'L3' bottom 20 by {by}", TERMS)
    assert bar.first.text() == "20"
    assert bar.rank.currentText() == "资产月日均"
    put(bar, "30")
    assert written == ["tier = 'L3' bottom 30 by average"], "the smallest stay the smallest"


def test_a_ranking_that_is_computed_stays_as_it_was_written(bar: LimitBar, written: list[str]) -> None:
    bar.show_limit("tier = 'L3' top 5 by average - balance", TERMS)
    assert bar.rank.currentText() == "average - balance"
    put(bar, "")
    assert written == ["tier = 'L3'"], "an empty line takes everybody"


@pytest.mark.parametrize("typed", ["0", "-3", "五", "1.5"])
def test_what_is_no_number_of_people_changes_nothing(bar: LimitBar, written: list[str], typed: str) -> None:
    bar.show_limit("top 5 by average", TERMS)
    put(bar, typed)
    assert bar.first.text() == "5"
    assert written == []


def test_without_a_limit_an_empty_line_asks_nothing(bar: LimitBar, written: list[str]) -> None:
    bar.show_limit("tier = 'L3'", TERMS)
    bar.rank.setCurrentIndex(1)
    bar.rank.activated.emit(1)
    assert written == []
