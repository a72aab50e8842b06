"""The guided sheet of a loss on paper: one page, masked, with figures and dates, choices that may not be chosen and why."""

import pytest

from tests.workbench.outreach.losses.made import held
from tests.workbench.sheets.reading import texts
from workbench.base.workdays import shipped
from workbench.insight.products.losses import HeldProduct
from workbench.insight.products.verdict import Buyer
from workbench.outreach.losses.choices import LossSituation, loss_choices
from workbench.outreach.losses.facts import loss_facts
from workbench.outreach.losses.grounds import loss_grounds
from workbench.outreach.losses.loss import LossPerson, LossTalk
from workbench.rules.parameters import Rules
from workbench.sheets.content import Imprint
from workbench.sheets.loss_sheet import loss_pdf

RULES = Rules.load()
IMPRINT = Imprint("周敏", "2026-11-16 09:00:00", None)


def talk(one: HeldProduct, buyer: Buyer) -> LossTalk:
    situation = LossSituation(one, buyer, "2026-11-16", shipped())
    return LossTalk(
        LossPerson(1, "900000001234", "林建国", "L5", "waist_high"), one, loss_facts(one, RULES),
        loss_choices(situation, RULES), "2026-12-16", grounds=loss_grounds(one, None, (), RULES),
    )  # fmt: skip


def test_a_page_a_product_with_facts_steps_choices_and_signatures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    closed = held(risk=4, amount=90_000, profit=-10_000, nav=0.9, matures="2027-03-01")
    risky = talk(closed, Buyer(risk_class=3, valid_days=100))
    free = talk(held(amount=92_000, profit=-8_000), Buyer(risk_class=3, valid_days=100))
    printed = loss_pdf([risky, free], RULES, IMPRINT)
    first, signed_first, second, signed_second = texts(printed)
    assert printed.rows == 2
    for page in (first, second):
        assert "建国" not in page
        assert all(words in page for words in ("①接住情绪", "⑥回访", "不给客户"))
    # what the customer signs bears nothing that is meant for the manager
    for page in (signed_first, signed_second):
        assert all(words in page for words in ("书面约定", "客户签字", "复看日期", "产品有涨有跌", "林**"))
        assert not any(words in page for words in ("情绪", "愤怒", "达到", "劝", "查说明书"))
    assert "分批退" in signed_second
    assert "减一部分" not in signed_first
    assert "100,000.00元" in first
    assert "2027-03-01到期前不能赎回" in first
    assert "产品R4高于客户C3" in first
    assert "比如赎一半" in second
    assert "净值不知道" in second
