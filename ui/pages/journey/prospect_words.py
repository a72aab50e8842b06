"""The columns and the sentences of the tab 潜客."""

from ui.widgets.table_model import Column
from ui.words import number_tail, who
from workbench.base.i18n import _
from workbench.people.prospects.prospect import Prospect, ProspectCounts


def prospect_columns() -> list[Column[Prospect]]:
    """One row a person."""
    return [
        Column(_("称呼"), lambda one: one.title, 80),
        Column(_("电话"), lambda one: one.shown("phone"), 110),
        Column(_("来源"), source_words, 150),
        Column(_("需求"), lambda one: one.shown("need"), 0),
        Column(
            _("能不能联系"), lambda one: one.may.name or _("同意联系"), 96, ink=lambda one: "red" if one.may.held else None
        ),
        Column(_("现在"), state_words, 160, ink=lambda one: "accent" if one.likely else None),
    ]  # fmt: skip


def counts_words(counts: ProspectCounts) -> str:
    """How they stand, in one line."""
    parts = [
        _("跟进中 {n} 位").format(n=counts.open),
        _("同意联系 {n} 位").format(n=counts.agreed),
        _("不同意联系 {n} 位").format(n=counts.refused) if counts.refused else "",
        _("没问过 {n} 位").format(n=counts.unasked) if counts.unasked else "",
        _("可能已开户 {n} 位").format(n=counts.likely) if counts.likely else "",
        _("快到期 {n} 位").format(n=counts.soon) if counts.soon else "",
    ]
    return " · ".join(part for part in parts if part)


def about_words(one: Prospect) -> str:
    """What to know of a person: who he may be by now, why he may not be contacted and what to do instead, the note."""
    account = held = ""
    if one.likely is not None:
        account = _("可能已开户:{who}({evidence}),核对后按“已开户”。").format(
            who=who(one.likely.name, one.likely.customer_no), evidence=one.likely.evidence
        )
    if one.may.held and one.state == "open":
        held = _("{why};{what}。").format(why=one.may.sentence, what=one.may.aside)
    note = _("备注:{note}").format(note=one.shown("note")) if one.note else ""
    return "\n".join(part for part in (account, held, note) if part)


def source_words(one: Prospect) -> str:
    """Where he comes from: the source, who introduced him, the relation."""
    by = who(one.referrer_name or "", one.referrer_no) if one.referrer_no else ""
    return " ".join(part for part in (one.source_name, by, one.shown("relation")) if part)


def state_words(one: Prospect) -> str:
    """How he stands now, with the tail of the account that he has or may have."""
    if one.state == "opened":
        return _("已开户 {tail}").format(tail=number_tail(one.customer_no or ""))
    if one.state == "dropped":
        return _("不再跟进")
    if one.likely is not None:
        return _("可能已开户 {tail}").format(tail=number_tail(one.likely.customer_no))
    return _("保留到 {day}").format(day=one.expires)
