"""新达标权益体系, the homework of the course as a form: the bank's own benefits written outside and brought back (domain 8.4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from workbench.base.change import Change
from workbench.base.errors import RowProblem, WorkbenchError
from workbench.base.i18n import _
from workbench.insight.genes.data import segments
from workbench.outreach.benefits.benefit import BenefitRule, Period, Stack
from workbench.outreach.benefits.conditions import level_codes
from workbench.outreach.benefits.room import Benefits
from workbench.outreach.benefits.shipped import benefit_words
from workbench.outreach.gifts.gift import GiftItem
from workbench.rules.parameters import Rules
from workbench.sheets.forms_back.fixed_form import FixedForm, FormRead, FormRow, form_of, refuse
from workbench.sheets.forms_back.form_cells import FormValue
from workbench.sheets.forms_back.template import form_template
from workbench.sheets.printed import Printed

#: shipped rules that stand as examples beside the form
_EXAMPLES = ("new_medical", "birthday_month", "vip_airport")


@dataclass(frozen=True, slots=True)
class ImportedBenefits:
    """What a filled form changed: how many rules were kept, and every row that was refused with its reason."""

    change: Change
    kept: int
    problems: tuple[RowProblem, ...]

    @property
    def refused(self) -> tuple[RowProblem, ...]:
        """The rows that did not enter."""
        return tuple(one for one in self.problems if one.level == "refuse")


def benefit_form(rules: Rules) -> FixedForm:
    """The form, with the levels of these rules."""
    words = benefit_words()
    choices: Mapping[str, Mapping[str, str]] = {
        "trigger": {code: one.name for code, one in words.triggers.items()},
        "measure": {code: one.name for code, one in words.measures.items()},
        "levels": {code: rules.text(f"tier.{code}") for code in level_codes(rules)},
        "segments": {one.code: one.name for one in segments()},
        "per": words.periods,
        "stack": words.stacks,
    }
    return form_of(words.form, choices, [_row(words.rules[code], {}) for code in _EXAMPLES])


def benefits_template(benefits: Benefits, rules: Rules) -> Printed:
    """The form to be filled in, with the branch's own rules in it already."""
    items = {one.id: one for one in benefits.items()}
    own = [_row(one, items) for one in benefits.rules() if not one.shipped and not one.off]
    return form_template(benefit_form(rules), own)


def import_benefits(read: FormRead, benefits: Benefits) -> ImportedBenefits:
    """Keep the rules of a filled form in one change; rows that the rules of benefits refuse are told beside those that could not
    be read."""
    items = {one.name: one.id for one in benefits.items()}
    problems = list(read.problems)
    rows: list[FormRow] = []
    rules: list[BenefitRule] = []
    first: dict[str, int] = {}
    for row in read.rows:
        title = " ".join(row.text("name").split())
        if title in first:
            words = _("与第 {row} 行的“{name}”同名,只收前面那一行").format(row=first[title], name=title)
            problems.append(refuse(row, "benefit_twice", words, _("权益名称")))
            continue
        first[title] = row.row
        name = row.text("item")
        if name and name not in items:
            words = _("礼品库存里没有“{name}”,请先在「日历」的礼品页添上").format(name=name)
            problems.append(refuse(row, "no_such_item", words, _("库存礼品")))
            continue
        rows.append(row)
        rules.append(_rule(row, items.get(name)))

    def refused(place: int, error: WorkbenchError) -> None:
        """Tell of a row that may not be kept."""
        problems.append(refuse(rows[place], error.code, error.sentence()))

    change = benefits.put_many(rules, refused) if rules else Change.nothing()
    problems.sort(key=lambda one: (one.sheet, one.row or 0))
    return ImportedBenefits(change, change.count, tuple(problems))


def _rule(row: FormRow, item: int | None) -> BenefitRule:
    return BenefitRule(
        "", row.text("name"), row.text("gives"), row.text("trigger"), row.several("levels"), row.several("segments"),
        row.whole("threshold"), row.text("measure") or "average", cast(Period, row.text("per")), row.whole("cap"),
        row.whole("value"), row.whole("budget"), item, row.whole("days"), cast(Stack, row.text("stack") or "any"),
        row.text("group"), row.text("evidence"), row.text("owner"), row.text("note"),
    )  # fmt: skip


def _row(rule: BenefitRule, items: Mapping[int, GiftItem]) -> Mapping[str, FormValue]:
    item = items.get(rule.item) if rule.item is not None else None
    cells: Sequence[tuple[str, FormValue | None]] = (
        ("name", rule.title), ("trigger", rule.trigger), ("gives", _(rule.gives)), ("levels", rule.levels),
        ("segments", rule.segments), ("threshold", rule.threshold_fen),
        ("measure", rule.measure if rule.threshold_fen is not None else None), ("per", rule.per), ("cap", rule.cap),
        ("value", rule.value_fen), ("budget", rule.budget_fen), ("item", item.name if item else None), ("days", rule.days),
        ("stack", rule.stack), ("group", rule.group), ("evidence", _(rule.evidence)), ("owner", rule.owner),
        ("note", _(rule.note)),
    )  # fmt: skip
    return {key: value for key, value in cells if value not in (None, "", ())}
