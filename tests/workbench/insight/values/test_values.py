"""One customer's values as typed attributes: unknown ones are None, misspelt names fail at once."""

import pytest

from workbench.insight.values.values import Values

ROW = {"average": 5_000_000, "tier": "L4", "of_peak_6": 0.5, "u_own_t1_m0": 1, "light": None}


def test_a_column_is_an_attribute_and_one_that_was_not_computed_is_unknown() -> None:
    values = Values(ROW)
    assert (values.average, values.tier, values.light, values.peak) == (5_000_000, "L4", None, None)


def test_a_name_that_no_layer_has_fails_at_once() -> None:
    with pytest.raises(AttributeError, match="avarage"):
        _ = Values(ROW).avarage  # type: ignore[attr-defined]


def test_own_tags_and_inputs_of_rules_are_looked_up_by_name() -> None:
    values = Values(ROW)
    assert values.look_up("u_own_t1_m0") == 1
    assert values.look_up("no_such") is None


def test_only_numbers_are_figures() -> None:
    values = Values(ROW)
    assert [values.figure(name) for name in ("average", "of_peak_6", "tier", "light", "")] == [
        5_000_000, 0.5, None, None, None,
    ]  # fmt: skip


def test_a_column_has_a_value_unless_it_is_none_or_missing() -> None:
    assert [Values(ROW).has(name) for name in ("tier", "light", "no_such")] == [True, False, False]
    assert Values({"watch": 0}).has("watch"), "zero is a value"


def test_values_are_compared_by_their_columns_and_empty_ones_are_false() -> None:
    assert Values(ROW) == Values(dict(ROW))
    assert hash(Values(ROW)) == hash(Values(dict(ROW)))
    assert Values(ROW) != Values(ROW | {"average": 1})
    assert not Values()
    assert set(Values(ROW)) == set(ROW)
