"""A rule that rewards a deposit, gives cash, or gives a thing for money that stayed is refused with a sentence (domain 8.5)."""

from dataclasses import replace

import pytest

from db.engine import Book
from workbench.base.errors import WorkbenchError
from workbench.outreach.benefits.benefit import BenefitRule
from workbench.outreach.benefits.checking import checked_rule
from workbench.outreach.benefits.shipped import benefit_words
from workbench.outreach.gifts.room import Gifts
from workbench.rules.parameters import Rules

RULES = Rules.load()
GOOD = BenefitRule("", "体检", "基础体检一次", "level", ("L5",), per="year", value_fen=30_000)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"gives": "存满5万送体检"}, "forbidden_gift"),
        ({"gives": "200元购物卡"}, "forbidden_gift"),
        ({"name": "存就送"}, "red_line"),
        ({"gives": "送黄金一克"}, "red_line"),
        ({"gives": "名额有限,赶紧来领"}, "red_line"),
        ({"evidence": "冲时点证明"}, "forbidden_gift"),
        ({"name": ""}, "no_text"),
        ({"name": "很" * 21}, "too_long"),
        ({"note": "很" * 101}, "too_long"),
        ({"trigger": "deposit"}, "no_such_choice"),
        ({"measure": "deposit"}, "no_such_choice"),
        ({"levels": ("L99",)}, "no_such_choice"),
        ({"segments": ("king",)}, "no_such_choice"),
        ({"stack": "group"}, "no_text"),
        ({"cap": 0}, "bad_number"),
        ({"days": 5000}, "bad_number"),
        ({"item": 7}, "no_such_item"),
    ],
)
def test_refused_with_a_sentence(book: Book, changed: dict[str, object], code: str) -> None:
    with book.read() as conn, pytest.raises(WorkbenchError) as refused:
        checked_rule(conn, replace(GOOD, **changed), RULES)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert refused.value.message
    assert refused.value.hint


def test_a_note_for_the_bank_may_name_what_is_forbidden(book: Book) -> None:
    with book.read() as conn:
        kept = checked_rule(conn, replace(GOOD, note=" 不给现金,\n不承诺收益 "), RULES)
    assert kept.note == "不给现金, 不承诺收益"


def test_nothing_that_can_be_held_is_given_for_money_that_stayed(book: Book) -> None:
    Gifts(book, RULES).put_item("保温杯", "80", 3)
    with book.read() as conn:
        with pytest.raises(WorkbenchError) as refused:
            checked_rule(conn, replace(GOOD, trigger="renewed", item=1), RULES)
        assert refused.value.code == "item_for_renewal"
        # what the thing costs stands in the stock alone
        assert checked_rule(conn, replace(GOOD, item=1), RULES).value_fen is None


def test_the_shipped_examples_pass(book: Book) -> None:
    rules = benefit_words().rules
    assert len(rules) >= 8
    with book.read() as conn:
        for rule in rules.values():
            assert checked_rule(conn, rule, RULES).gives == rule.gives
            assert rule.mark == "P"
            assert rule.note
    assert {one.trigger for one in rules.values()} == set(benefit_words().triggers)
