"""The columns of the log and of its counts."""

from collections.abc import Mapping

from ui.widgets.table_model import Column
from ui.words import who
from workbench.base.i18n import _
from workbench.base.money import wan
from workbench.outreach.codes import codes
from workbench.outreach.log.logged import LoggedContact
from workbench.outreach.log.statistics import ContactCounts
from workbench.outreach.log.words import rate_word


def log_columns() -> list[Column[LoggedContact]]:
    """One row a contact; a row grows with what was said."""
    channels, results = dict(codes("channels")), dict(codes("results"))
    return [
        Column(_("日期"), lambda x: x.date, 96),
        Column(_("客户"), lambda x: who(x.name, x.customer_no), 110, key=True),
        Column(_("渠道"), lambda x: channels.get(x.channel, x.channel), 66),
        Column(_("结果"), lambda x: results.get(x.result, x.result), 104, ink=lambda x: None if x.reached else "second"),
        Column(_("下次"), lambda x: x.next_date or "", 96, ink=lambda x: "accent"),
        Column(_("内容"), content),
    ]  # fmt: skip


def content(contact: LoggedContact) -> str:
    """What was said: note, need with its amount, promise; who began it where it was the customer."""
    need = " ".join(filter(None, [contact.need, wan(contact.amount) if contact.amount is not None else None]))
    parts = [
        _("客户主动") if contact.initiated_by == "customer" else "",
        contact.note or "",
        _("需求:{what}").format(what=need) if need else "",
        _("答应:{what}").format(what=contact.promise) if contact.promise else "",
    ]
    return " · ".join(part for part in parts if part)


def count_columns(title: str, names: Mapping[str, str]) -> list[Column[ContactCounts]]:
    """One row a channel, result, tower or week."""
    return [
        Column(title, lambda x: names.get(x.code, x.code), 0),
        Column(_("联系"), lambda x: f"{x.contacts:,}", 56, number=True),
        Column(_("联系上"), lambda x: f"{x.reached:,}", 62, number=True),
        Column(_("联系到率"), rate_word, 74, number=True),
        Column(_("约到"), lambda x: f"{x.invited:,}", 52, number=True),
        Column(_("见到"), lambda x: f"{x.met:,}", 52, number=True),
        Column(_("办成"), lambda x: f"{x.done:,}", 52, number=True),
    ]
