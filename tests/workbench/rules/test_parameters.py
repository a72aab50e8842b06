"""Every threshold is a named parameter with unit, range and mark; presets and overrides stay inside the range."""

import pytest

from workbench.base.errors import WorkbenchError
from workbench.insight.churn.signals.registry import CODES
from workbench.insight.shelf.families import REGIMES
from workbench.outreach.codes import codes
from workbench.outreach.methods import catalogue
from workbench.rules.parameters import Rules, presets


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


def test_the_words_a_rule_may_hold_are_those_of_the_program() -> None:
    params = {param.key: param for param in Rules.load().params()}
    assert params["suit.free"].choices == params["suit.double_record"].choices == REGIMES
    assert params["explained.signals"].choices == CODES
    assert set(params["contact.two_way"].choices) == {code for code, _name in codes("results")}
    assert set(params["contact.face_channels"].choices) == {code for code, _name in codes("channels")}
    kinds = {kind for method in catalogue().methods for kind in method.leads}
    assert set(params["plan.priority"].choices) == kinds
    assert {method.type for method in catalogue().methods} <= set(params["plan.must_types"].choices)
    for name in presets():
        assert set(Rules.load(name).words("tiers.codes")) <= set(params["tiers.private"].choices)


def test_what_was_kept_under_a_name_that_a_parameter_had_still_counts() -> None:
    rules = Rules.load("general", {"plan.complaint_days": 60})
    assert rules.whole("consent.complaint_days") == 60


def test_other_values_are_tried_without_being_kept() -> None:
    kept = Rules.load("general", {"S3.two_months": 0.2})
    tried = kept.trying({"lights": [20, 40, 60]})
    assert (tried.numbers("lights"), tried.number("S3.two_months")) == ((20, 40, 60), 0.2)
    assert kept.numbers("lights") == Rules.load().numbers("lights")
    with pytest.raises(WorkbenchError) as refused:
        kept.trying({"lights": [60, 40, 20]})
    assert refused.value.code.startswith("rule_")
