"""The columns of the picked customers: those of the list of customers, and one for each other term of the condition."""

from collections.abc import Sequence
from functools import partial

from db.values import Value
from ui.widgets.table_model import Column
from ui.words import light_word, masked, number_tail, signed_wan, tier_word
from workbench.base.i18n import _
from workbench.base.money import wan
from workbench.base.terms import Term
from workbench.insight.picking.facts import PickedRow, shown
from workbench.people.privacy import masked_as
from workbench.rules.parameters import Rules

#: terms read for the usual columns
BESIDE = ("last_touch",)
#: terms that the usual columns show
_THERE = frozenset({"average", "tier", "balance", "change", "light", "name", "customer_no", "last_touch"})
_NUMBERS = frozenset({"money", "number", "count", "ratio"})


def columns(rules: Rules, terms: Sequence[Term]) -> list[Column[PickedRow]]:
    """The usual columns and one for each other term of the condition; each sorts by its term."""
    extra = [term for term in terms if term.name not in _THERE]
    return [
        Column(_("灯"), lambda x: light_word(x.customer.light), 86, light=lambda x: x.customer.light),
        Column(_("客户"), lambda x: masked(x.customer.name), 72, key=True),
        Column(_("客户号"), lambda x: number_tail(x.customer.customer_no), 76, key=True, order="customer_no"),
        Column(_("层级"), lambda x: tier_word(rules, x.customer.tier), 80, order="tier",
               value=lambda x: x.customer.tier, largest=True),
        Column(
            _("月日均"), lambda x: wan(x.values.get("average")), 92, number=True,
            fen=lambda x: _fen(x, "average"), order="average",
        ),
        Column(
            _("较上月"), lambda x: signed_wan(x.customer.change_fen), 86, number=True,
            fen=lambda x: x.customer.change_fen, order="change",
            ink=lambda x: "red" if (x.customer.change_fen or 0) < 0 else None,
        ),
        *(_term_column(term) for term in extra),
        Column(_("上次联系"), lambda x: x.values.get("last_touch") or "—", 92, order="last_touch"),
        Column(_("网点"), lambda x: x.customer.branch or "—", 0, tip=lambda x: x.customer.branch or ""),
    ]  # fmt: skip


def _term_column(term: Term) -> Column[PickedRow]:
    return Column(
        term.label, partial(cell, term), 96, number=term.kind in _NUMBERS, order=term.name,
        fen=(lambda x: _fen(x, term.name)) if term.kind == "money" else None,
    )  # fmt: skip


def _fen(row: PickedRow, name: str) -> int | None:
    value: Value = row.values.get(name)
    return None if value is None else int(value)


def cell(term: Term, row: PickedRow) -> str:
    """What a column of the condition shows: amounts in 万元, personal texts masked (domain 17)."""
    value: Value = row.values.get(term.name)
    if value is None:
        return "—"
    if term.kind == "money":
        return wan(int(value))
    if term.kind == "text":
        return masked_as(term.masks.screen, str(value))
    return shown(term, value)
