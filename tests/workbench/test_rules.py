"""Every threshold is a named parameter with unit, range and mark; presets and overrides stay inside the range."""

import pytest

from workbench.errors import WorkbenchError
from workbench.rules import Rules, presets


def test_every_parameter_says_what_it_is_and_is_in_its_own_range() -> None:
    for param in Rules.load().params():
        assert param.text, param.key
        assert param.mark in {"S", "R", "D", "P"}, param.key
        Rules.load(overrides={param.key: param.value})


@pytest.mark.parametrize("name", list(presets()))
def test_every_preset_loads(name: str) -> None:
    assert Rules.load(name).preset == name


def test_four_presets_are_offered() -> None:
    assert len(presets()) == 4


def test_an_override_outside_its_range_is_refused() -> None:
    with pytest.raises(WorkbenchError) as caught:
        Rules.load(overrides={"weight.S3": 5})
    assert caught.value.code == "rule_range"


def test_an_unknown_parameter_is_refused() -> None:
    with pytest.raises(WorkbenchError) as caught:
        Rules.load(overrides={"no.such": 1})
    assert caught.value.code == "rule_unknown"


def test_the_version_changes_with_the_parameters() -> None:
    assert Rules.load().version == Rules.load().version
    assert Rules.load().version != Rules.load(overrides={"weight.S3": 0.5}).version
