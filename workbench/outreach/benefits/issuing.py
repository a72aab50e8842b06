"""May this customer get this benefit now, and if not, why: every refusal is a sentence with its numbers (domain 8.4)."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Connection

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.base.money import exact_yuan
from workbench.outreach.benefits.benefit import BenefitPerson, BenefitRule
from workbench.outreach.benefits.eligible import Eligibility
from workbench.outreach.benefits.grants import OPEN, conflict, occasion_of
from workbench.outreach.benefits.shipped import benefit_words
from workbench.outreach.gifts.checking import check_cap, check_consent
from workbench.outreach.gifts.gift import GiftItem
from workbench.rules.parameters import Rules


class Issuing:
    """Asks for one customer after the other within one write; what it let through counts for those after him."""

    def __init__(
        self,
        rule: BenefitRule,
        known: dict[str, BenefitRule],
        rules: Rules,
        day: dt.date,
        eligibility: Eligibility,
        reason: str,
        *,
        spent_fen: int,
        item: GiftItem | None,
    ) -> None:
        self._rule = rule
        self._known = known
        self._rules = rules
        self._day = day
        self._eligibility = eligibility
        self._reason = reason
        self._spent = spent_fen
        self._item = item
        self._taken = 0

    @property
    def value_fen(self) -> int | None:
        """What one costs: the thing of the stock, else what the rule says; None where it says nothing."""
        return self._item.unit_fen if self._item is not None else self._rule.value_fen

    @property
    def occasion(self) -> str:
        """What it is given for now."""
        return occasion_of(self._rule.per, self._day)

    def check(self, conn: Connection, customer: int, his: Sequence[BenefitPerson]) -> None:
        """Let a customer (id) have it; `his`: all grants that he has, of every rule.

        Raises WorkbenchError barred, not_eligible, cannot_tell, issued_already, over_times, not_together, over_budget, none_left,
        over_cap.
        """
        check_consent(conn, customer, self._rules)
        self._check_conditions(customer)
        mine = [one for one in his if one.benefit == self._rule.code and one.state != "dropped"]
        self._check_times(mine)
        self._check_stack([one for one in his if one.state in OPEN])
        self._check_money(conn, customer)
        self._spent += self.value_fen or 0
        self._taken += 1

    def _check_conditions(self, customer: int) -> None:
        if customer in self._eligibility.meets or self._reason:
            return
        hint = _("确实要发,请写一句理由,会记在这一笔上。")
        if customer in self._eligibility.cannot_tell:
            words = _("“{name}”的条件无法判断:{why}。")
            raise WorkbenchError(
                "cannot_tell", words.format(name=self._rule.title, why=self._eligibility.lacking), hint
            )
        raise WorkbenchError(
            "not_eligible", _("这位客户不符合“{name}”的条件。").format(name=self._rule.title), hint
        )

    def _check_times(self, mine: Sequence[BenefitPerson]) -> None:
        rule = self._rule
        same = next((one for one in mine if one.occasion == self.occasion), None)
        if same is not None:
            words = _("“{name}”{per}只发一份,{day} 已经发过。")
            if rule.per == "once":
                words = _("“{name}”一位客户只发一次,{day} 已经发过。")
            raise WorkbenchError(
                "issued_already",
                words.format(name=rule.title, per=_(benefit_words().periods[rule.per]), day=same.issued),
                _("要重新发,请先作废那一份。")
                if same.state in OPEN
                else _("那一份已经用了或过期,这一期不再发。"),
            )
        this_year = sum((one.issued or "")[:4] == f"{self._day.year:04d}" for one in mine)
        if rule.cap is not None and this_year >= rule.cap:
            words = _("“{name}”每位客户一年最多 {cap} 份,今年已发 {n} 份。")
            raise WorkbenchError(
                "over_times", words.format(name=rule.title, cap=rule.cap, n=this_year), _("明年再发。")
            )

    def _check_stack(self, open_now: Sequence[BenefitPerson]) -> None:
        rule = self._rule
        for one in open_now:
            why = conflict(rule, self._known.get(one.benefit))
            if not why:
                continue
            if one.benefit == rule.code:
                words = _("“{name}”上一份{until}还没有用。")
            elif why == "alone":
                words = _("“{name}”与“{other}”不能同享,“{other}”{until}还没有用。")
            else:
                words = _("“{name}”与“{other}”同组只享一项,“{other}”{until}还没有用。")
            until = _("({day} 到期)").format(day=one.valid_until) if one.valid_until else ""
            raise WorkbenchError(
                "not_together",
                words.format(name=rule.title, other=one.title, until=until),
                _("等那一份用掉或到期,或者先作废它。"),
            )

    def _check_money(self, conn: Connection, customer: int) -> None:
        rule, value = self._rule, self.value_fen or 0
        if rule.budget_fen is not None and self._spent + value > rule.budget_fen:
            words = _("“{name}”今年预算 {budget} 元,已用 {spent} 元,再发一份要 {value} 元,不够了。")
            raise WorkbenchError(
                "over_budget",
                words.format(
                    name=rule.title,
                    budget=_yuan(rule.budget_fen),
                    spent=_yuan(self._spent),
                    value=_yuan(value),
                ),
                _("请先申请增加预算,再改规则里的预算。"),
            )
        if self._item is not None:
            if self._item.stock - self._taken < 1:
                words = _("“{name}”没有库存了。").format(name=self._item.name)
                raise WorkbenchError("none_left", words, _("请先在「日历」的礼品页记下订货。"))
            check_cap(conn, customer, self._day.year, value, self._rules)


def stopped(rule: BenefitRule, value_fen: int | None, spent_fen: int, stock: int | None) -> str:
    """Why nothing more can be given by a rule, whoever asks; '' while it can."""
    if rule.budget_fen is not None and spent_fen + (value_fen or 0) > rule.budget_fen:
        return _("预算用完")
    if stock is not None and stock < 1:
        return _("没有库存")
    return ""


def _yuan(fen: int) -> str:
    return exact_yuan(fen).removesuffix(".00")
