"""An event that concerns nobody is said to, in one sentence (domain 4.3, S6)."""

import pytest

from tests.workbench.conftest import SmallBook


@pytest.mark.parametrize(
    ("scope", "target", "unmet"),
    [
        ("branch", "城东支行", ""),
        ("机构", "城东支行、城东", "“城东”"),
        ("region", "杭州市", ""),
        ("region", "宁波", "“宁波”"),
        ("product", "稳健一号", ""),
        ("product", "卖光的、P9", "“卖光的、P9”"),
        ("bank", "", ""),
    ],
)
def test_who_no_event_concerns_is_named(small: SmallBook, scope: str, target: str, unmet: str) -> None:
    small.month("1", aum_balance=3e5, branch="城东支行", residence_city="杭州")
    small.hold("1", product_name="稳健一号", amount=100)
    small.hold("1", product_name="卖光的", amount=0, line=2)
    hint = small.insight.events.hint(scope, target)
    assert unmet in hint
    assert bool(hint) == bool(unmet)


def test_an_empty_book_tells_nothing_yet(small: SmallBook) -> None:
    assert small.insight.events.hint("branch", "城东支行") == ""
