"""The next step of a need never goes against what may not be said to the customer (domain 8.1, 9, 15)."""

from dataclasses import replace

import pytest

from workbench.insight.portrait.unsaid import Never
from workbench.outreach.needs.classing import classed
from workbench.outreach.needs.need import CustomerNeed, NeedEvidence
from workbench.outreach.needs.steps import natural_link, scene_name, step_of
from workbench.rules.parameters import Rules

RULES = Rules.load()
DAY = "2026-11-23"
NEED = CustomerNeed(
    1,
    1,
    "换车",
    "2026-11-01",
    product="通知存款",
    scene="review",
    evidence=(NeedEvidence("said", "2026-11-01"),),
)
RIGID = replace(NEED, consequence="high", deadline="2026-12-01")
HIDDEN = replace(NEED, scene="idle", evidence=(NeedEvidence("did", "2026-11-01"),))
ELASTIC = replace(NEED, elastic=True)
PSEUDO = replace(NEED, incentive=True)
COMPLAINT = Never("complaint", "投诉办结前不谈产品", "", bars=("products", "marketing", "referral", "care"))
REFUSED = Never("opt_out", "不做营销", "", bars=("products", "marketing", "referral"))
UNTESTED = Never("untested", "只谈普通存款和国债", "")


@pytest.mark.parametrize(
    ("need", "limits", "code"),
    [
        (RIGID, (), "now"), (RIGID, (COMPLAINT,), "service"), (RIGID, (REFUSED,), "service"),
        (HIDDEN, (), "verify"), (HIDDEN, (REFUSED,), "hold"), (ELASTIC, (), "schedule"), (ELASTIC, (COMPLAINT,), "hold"),
        (replace(HIDDEN, scene="equity"), (UNTESTED,), "hold"), (replace(HIDDEN, scene="maturing"), (REFUSED,), "verify"),
        (NEED, (), "ask"), (NEED, (REFUSED,), "ask"), (NEED, (COMPLAINT,), "hold"), (PSEUDO, (), "stop"),
        (PSEUDO, (COMPLAINT,), "stop"),
    ],
)  # fmt: skip
def test_each_class_has_its_step_within_the_limits(
    need: CustomerNeed, limits: tuple[Never, ...], code: str
) -> None:
    step = step_of(need, classed(need, need.evidence, DAY, RULES), limits, RULES)
    assert step.code == code
    assert "{" not in step.text
    if code in ("hold", "service"):
        assert limits[0].text in step.text
        assert need.product not in step.text


def test_a_product_is_spoken_of_with_its_caution() -> None:
    step = step_of(HIDDEN, classed(HIDDEN, HIDDEN.evidence, DAY, RULES), (UNTESTED,), RULES)
    assert step.cautions == (UNTESTED.text,)
    assert step.text == "先问一句:“这笔活期近期有没有用处?”确认了再谈通知存款"


def test_a_scene_has_its_link_and_ones_own_words_have_none() -> None:
    assert (scene_name("idle", RULES), natural_link("idle", RULES)) == ("活期闲置", "从近期用款计划说起")
    assert (scene_name("搬家", RULES), natural_link("搬家", RULES)) == ("搬家", "")
    for code in RULES.words("need.scenes"):
        assert natural_link(code, RULES)
