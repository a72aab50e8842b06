"""The columns of 权益: rules with how they stand, customers with what they have."""

from dataclasses import dataclass

from ui.widgets.table_model import Column
from ui.words import tier_word, who
from workbench.base.i18n import _
from workbench.base.money import exact_yuan
from workbench.outreach.benefits.benefit import BenefitLine, BenefitPerson, BenefitRule
from workbench.outreach.benefits.shipped import benefit_words
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule in the list; `line` None: it is left out, nobody counts for it."""

    rule: BenefitRule
    line: BenefitLine | None


def rule_columns() -> list[Column[RuleRow]]:
    """The rules; what runs out soon in red."""

    def figure(title: str, name: str, width: int = 50) -> Column[RuleRow]:
        """A count of the rule, '—' where it is left out."""

        def value(row: RuleRow) -> int | None:
            """The count itself."""
            return getattr(row.line, name) if row.line is not None else None

        def ink(row: RuleRow) -> str | None:
            """Red for what somebody should do something about soon."""
            return "red" if name == "expiring" and value(row) else None

        return Column(title, lambda row: _count(value(row)), width, number=True, value=value, ink=ink)

    return [
        Column(_("权益"), _name, 0, key=True, tip=lambda x: _(x.rule.gives)),
        Column(_("触发"), _trigger, 92, tip=_trigger),
        Column(_("可发"), lambda x: _count(may_get(x)), 50, number=True, value=may_get,
               tip=lambda x: x.line.lacking or None if x.line is not None else None),
        figure(_("未用"), "unused"),
        figure(_("临期"), "expiring"),
        figure(_("已用"), "used"),
        figure(_("过期"), "expired"),
        figure(_("已发"), "issued"),
        Column(_("余额(元)"), _left, 86, number=True, value=lambda x: x.line.left_fen if x.line else None,
               tip=_spent, ink=lambda x: "red" if x.line is not None and x.line.stopped else None),
    ]  # fmt: skip


def people_columns(rules: Rules, *, every: bool = False) -> list[Column[BenefitPerson]]:
    """The customers of a rule; `every`: of all rules, with its name."""
    named: list[Column[BenefitPerson]] = [Column(_("权益"), lambda x: x.title, 96)] if every else []
    issued: list[Column[BenefitPerson]] = [
        Column(_("发放日"), lambda x: x.issued or "", 94, value=lambda x: x.issued)
    ]
    issued = [] if every else issued
    return [
        Column(_("客户"), lambda x: who(x.name, x.customer_no), 0, key=True, tip=lambda x: x.note or None),
        *named,
        Column(_("层级"), lambda x: tier_word(rules, x.tier), 80, value=lambda x: x.tier),
        Column(_("状态"), lambda x: rules.text(f"benefit.state.{x.state}"), 72,
               ink=lambda x: "red" if x.state == "soon" else "accent" if x.state == "waiting" else None),
        *issued,
        Column(_("有效期至"), lambda x: x.valid_until or "", 94, value=lambda x: x.valid_until),
        Column(_("还有"), days_words, 76, value=lambda x: x.days),
    ]  # fmt: skip


def may_get(row: RuleRow) -> int | None:
    """How many may get it; None where nobody is known to and of some it cannot be told: that is no zero."""
    line = row.line
    if line is None or (not line.eligible and line.cannot_tell):
        return None
    return line.eligible


def days_words(person: BenefitPerson) -> str:
    """How long it can still be used, or when it was; '' before it is issued."""
    if person.used:
        return _("{day} 用掉").format(day=person.used)
    if person.days is None:
        return ""
    if person.days < 0:
        return _("过期 {n} 天").format(n=-person.days)
    return _("今天到期") if person.days == 0 else _("{n} 天").format(n=person.days)


def _trigger(row: RuleRow) -> str:
    return _(benefit_words().triggers[row.rule.trigger].name)


def _count(number: int | None) -> str:
    return "—" if number is None else f"{number:,}"


def _name(row: RuleRow) -> str:
    if row.line is None:
        return _("{name}(停用)").format(name=row.rule.title)
    return row.rule.title


def _left(row: RuleRow) -> str:
    line = row.line
    if line is None:
        return "—"
    if line.stopped:
        return line.stopped
    if line.stock is not None:
        return _("{n} 件").format(n=line.stock)
    return exact_yuan(line.left_fen).removesuffix(".00") if line.left_fen is not None else _("不限")


def _spent(row: RuleRow) -> str | None:
    line = row.line
    if line is None or line.rule.budget_fen is None:
        return None
    words = _("今年预算 {budget} 元,已用 {spent} 元;过期没用的不占预算")
    return words.format(budget=exact_yuan(line.rule.budget_fen), spent=exact_yuan(line.spent_fen))
