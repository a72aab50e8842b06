"""The columns of 亏损急救: whose loss, by when he is called, how much with what, how far it has come."""

from ui.widgets.table_model import Column
from ui.words import who
from workbench.base.day_words import distance
from workbench.base.i18n import _
from workbench.base.money import wan
from workbench.outreach.losses.loss import LossRow
from workbench.rules.parameters import Rules


def loss_columns(rules: Rules) -> list[Column[LossRow]]:
    """One row a customer and product; what is late in red."""
    return [
        Column(_("最迟"), day_words, 92, value=next_day, ink=_ink, tip=lambda x: next_day(x) or None),
        Column(_("客户"), lambda x: who(x.person.name, x.person.customer_no), 104, key=True),
        Column(_("产品"), lambda x: x.held.name, 0, tip=lambda x: x.reason),
        Column(_("浮亏"), lambda x: wan(x.held.loss), 72, number=True, fen=lambda x: x.held.loss),
        Column(_("占成本"), _share, 64, number=True, value=lambda x: x.held.share),
        Column(_("状态"), lambda x: rules.text(f"loss.state.{x.state}"), 96, ink=_ink,
               tip=lambda x: x.frozen or (_("{day} 联系过").format(day=x.talked) if x.talked else None)),
    ]  # fmt: skip


def next_day(row: LossRow) -> str:
    """The day (ISO) of the clock while it runs, then of the next follow-up; '' for none."""
    case = row.case
    if row.waits or case is None or case.state != "agreed" or case.follow is None:
        return row.due if row.waits else ""
    follow = case.follow
    steps = ((follow.week, case.week_done), (follow.month, case.month_done), (follow.review, case.reviewed))
    return min((day for day, done in steps if done is None), default="")


def day_words(row: LossRow) -> str:
    """That day from today."""
    day = next_day(row)
    return distance(day) if day else ""


def _share(row: LossRow) -> str:
    return "—" if row.held.share is None else f"{row.held.share:.1%}"


def _ink(row: LossRow) -> str | None:
    if row.state == "late":
        return "red"
    return "accent" if row.state == "due" else None
