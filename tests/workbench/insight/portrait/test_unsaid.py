"""What not to say: every limit on both sides of its line, and nothing because of what is not told (domain 8.1, 8.5, 17)."""

from dataclasses import replace
from typing import Any

import pytest

from workbench.insight.portrait.situation import Situation
from workbench.insight.portrait.unsaid import Never, barred_by, do_not_say
from workbench.insight.values.values import Values
from workbench.people.consent import Consent, Ground
from workbench.people.consent_rule import CODES, FREEZING
from workbench.rules.parameters import Rules

RULES = Rules.load()
DAY = "2026-11-16"


def said(consent: Consent | None = None, as_of: str | None = "2026-10-31", **values: Any) -> dict[str, Never]:
    return {one.code: one for one in do_not_say(Situation(Values(values), DAY, as_of, None, consent), RULES)}


def test_the_red_lines_hold_for_everybody_and_come_last() -> None:
    for found in (said(), said(age=90, loss=10**9, birthday_in=0)):
        assert list(found)[-1] == "always"
        assert "不承诺收益" in found["always"].text


@pytest.mark.parametrize(
    ("values", "code", "text"),
    [
        ({}, "untested", "没有风险测评结果"),
        ({"risk_class": 3, "risk_valid_days": -1}, "untested", "风险测评已过期1天"),
        ({"risk_class": None, "risk_valid_days": 100}, "untested", "没有风险测评结果"),
        ({"risk_class": 3, "risk_valid_days": 0}, "risk", "风险承受等级 C3,还有0天到期"),
        ({"risk_class": 1, "risk_valid_days": 9}, "lowest", "风险承受等级是最低一级 C1"),
        ({"risk_class": 1, "risk_valid_days": -9}, "untested", "风险测评已过期9天"),
        ({"risk_class": 4, "risk_valid_days": 9}, "risk", "风险承受等级 C4,还有9天到期"),
    ],
)
def test_of_products_one_limit_by_the_class_and_its_validity(
    values: dict[str, Any], code: str, text: str
) -> None:
    limits = {key: one for key, one in said(**values).items() if key in ("untested", "risk", "lowest")}
    assert {key: one.why for key, one in limits.items()} == {code: text}


@pytest.mark.parametrize(("level", "above"), [(2, "R3 及以上"), (3, "R4 及以上"), (4, "R5 ")])
def test_from_which_level_on_nothing_is_mentioned(level: int, above: str) -> None:
    assert said(risk_class=level, risk_valid_days=100)["risk"].text == f"不提 {above}的产品"


def test_the_highest_class_forbids_no_level() -> None:
    assert {"risk", "lowest", "untested"}.isdisjoint(said(risk_class=5, risk_valid_days=1))


def test_by_old_data_no_days_are_counted_down() -> None:
    assert said(as_of="2026-08-31", risk_class=3, risk_valid_days=100)["risk"].why == "风险承受等级 C3"


@pytest.mark.parametrize(("age", "aged"), [(64, False), (65, True), (None, False)])
def test_an_elder_is_not_pressed(age: int | None, aged: bool) -> None:
    assert ("aged" in said(age=age)) is aged


@pytest.mark.parametrize(
    ("loss", "share", "careful"),
    [
        (999_999, 0.0299, False), (1_000_000, 0.001, True), (100, 0.03, True), (999_999, None, False), (1_000_000, None, True),
        (0, 0.5, False), (None, 0.5, False), (None, None, False), (-5_000_000, 0.0, False),
    ],
)  # fmt: skip
def test_a_loss_from_one_wan_or_three_in_a_hundred(
    loss: int | None, share: float | None, careful: bool
) -> None:
    assert ("loss" in said(loss=loss, loss_share=share)) is careful


def test_the_share_of_a_loss_is_said_where_it_is_told() -> None:
    assert said(loss=2_000_000, loss_share=0.05)["loss"].why == "持有产品浮动亏损2.0万(5.0%)"
    assert said(loss=2_000_000)["loss"].why == "持有产品浮动亏损2.0万"


@pytest.mark.parametrize(
    ("values", "flows"),
    [
        ({"S3": 1}, True),
        ({"same_name_regular": 1}, True),
        ({"S3": 0, "same_name_regular": 0}, False),
        ({"S3": None}, False),
    ],
)
def test_what_was_seen_in_the_flows_is_not_said(values: dict[str, Any], flows: bool) -> None:
    assert ("flows" in said(**values)) is flows


@pytest.mark.parametrize(("days", "near"), [(0, True), (7, True), (8, False), (-1, False), (None, False)])
def test_a_birthday_brings_no_product(days: int | None, near: bool) -> None:
    assert ("birthday" in said(birthday_in=days)) is near


KINDS = (
    "opted_out.list", "opted_out.contact", "complaint.open", "complaint.said", "complaint.closed", "complaint.undated",
    "bereaved.note", "minor.born", "unanswered.rest", "tired.often",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_each_ground_against_marketing_has_its_limit_and_gives_its_own_reason(kind: str) -> None:
    consent = Consent(DAY, "2026-10-31", (Ground(kind.split(".")[0], kind, "名", f"因为{kind}", "旁"),))
    found = said(consent)
    first = next(iter(found.values()))
    assert first.why == f"因为{kind}"
    assert first.inputs
    assert first.text == RULES.text(f"never.{first.code}")


def test_every_ground_there_is_has_a_limit() -> None:
    assert {kind.split(".")[0] for kind in KINDS} == set(CODES)
    assert list(said(Consent(DAY))) == list(said())


def test_only_what_was_registered_speaks_of_family_and_quadrant() -> None:
    assert {"family", "quadrant"}.isdisjoint(said())
    given = Situation(Values({}), DAY, None, quadrant="陌生大", forbidden=("不比价",), family=1)
    found = {one.code: one for one in do_not_say(given, RULES)}
    assert (found["family"].why, found["quadrant"].text) == ("登记了1位家人", "不比价")
    unforbidden = Situation(Values({}), DAY, None, quadrant="老友记")
    assert "quadrant" not in {one.code for one in do_not_say(unforbidden, RULES)}


STRANGER = {"g_quad_now_d0": "silent_boss"}
MOVES = Situation(
    Values({}), DAY, None, quadrant="沉默大boss", at_first=("前两次不推",), forbidden=("不比价",)
)


@pytest.mark.parametrize(("talks", "barred"), [(0, True), (1, True), (2, False), (None, False)])
def test_the_first_two_talks_with_a_large_stranger_bar_products(talks: int | None, barred: bool) -> None:
    values = Values({**STRANGER, "talks_90": talks})
    limits = do_not_say(replace(MOVES, values=values), RULES)
    found = {one.code: one for one in limits}["quadrant"]
    assert found.text == ("前两次不推;不比价" if barred else "不比价")
    assert (barred_by(limits, "products") == found) == barred
    assert (barred_by(limits, "referral") == found) == barred
    assert barred_by(limits, "marketing") is None


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"s_journey_stage_m0": "J5"}, "gone"), ({"overdue_days": 3}, "overdue"), ({"birthday_in": 0}, "birthday"),
        ({"loss": 2_000_000, "days_since_talk": 31}, "loss"), ({"loss": 100, "loss_share": 0.04}, "loss"),
    ],
)  # fmt: skip
def test_what_forbids_products_by_itself(values: dict[str, Any], code: str) -> None:
    limit = barred_by(said(**values).values(), "products")
    assert limit is not None
    assert limit.code == code
    assert "不谈" in limit.text


@pytest.mark.parametrize(
    "values",
    [
        {"s_journey_stage_m0": "J4"}, {"overdue_days": 0}, {"birthday_in": 1},
        {"loss": 2_000_000, "days_since_talk": 30}, {"loss": 100, "loss_share": 0.02}, {"loss": 0}, {},
        {**STRANGER, "talks_90": 2}, {"g_quad_now_d0": "patron", "talks_90": 0},
    ],
)  # fmt: skip
def test_what_is_past_or_cannot_be_told_forbids_nothing(values: dict[str, Any]) -> None:
    assert barred_by(said(**values).values(), "products") is None


def test_consent_bars_products_marketing_and_referral_and_some_of_it_care() -> None:
    for kind in KINDS:
        limits = do_not_say(
            Situation(Values({}), DAY, None, None, Consent(DAY, DAY, (Ground("x", kind, "名", "因", "旁"),))),
            RULES,
        )
        for what in ("products", "marketing", "referral"):
            limit = barred_by(limits, what)
            assert limit is not None
            assert limit.why == "因"
        assert (barred_by(limits, "care") is not None) == (kind.split(".")[0] in FREEZING)


def test_a_loss_that_was_explained_keeps_its_words_alone() -> None:
    explained = said(loss=2_000_000, days_since_talk=1)["loss"]
    assert (explained.text, explained.bars) == (RULES.text("never.loss"), ())


@pytest.mark.parametrize("values", [{}, {"risk_class": 2}, {"risk_class": 4, "risk_valid_days": -1}])
def test_the_old_who_may_not_buy_it_are_told_of_no_double_recording(values: dict[str, Any]) -> None:
    assert said(age=70, **values)["aged"].text == RULES.text("never.aged_low")


def test_as_json() -> None:
    assert said(age=70, risk_class=3)["aged"].as_json() == {
        "code": "aged", "text": RULES.text("never.aged"), "why": "年龄70岁", "inputs": ["age"], "bars": [],
    }  # fmt: skip
