"""What would let a signal be told that cannot be told: the fewest columns, by name (design 9.4)."""

import pytest

from workbench.insight.churn.signals.registry import SIGNALS
from workbench.insight.portrait.features import unlocked_by


def test_the_way_with_the_fewest_missing_columns_is_named() -> None:
    assert unlocked_by("S2", ()) == ("近1月交易笔数",)
    assert unlocked_by("S5", {"risk_level"}) != unlocked_by("S5", ())


def test_where_the_columns_are_there_only_records_are_too_few() -> None:
    assert unlocked_by("S2", {"txn_count_1m"}) == ()


@pytest.mark.parametrize("code", [one.code for one in SIGNALS])
def test_every_signal_has_columns_that_unlock_it(code: str) -> None:
    assert unlocked_by(code, ())
