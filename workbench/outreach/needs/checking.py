"""What a recorded need may say."""

import datetime as dt

from db.values import Value
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.outreach.needs.need import NewNeed
from workbench.outreach.promises.room import checked_day
from workbench.rules.parameters import Rules

_KINDS = ("said", "did", "paid", "again", "against")
_STATES = ("met", "dropped")


def need_row(new: NewNeed, day: str, rules: Rules) -> dict[str, Value]:
    """The columns of a need made on a day (ISO). Raises WorkbenchError no_text, too_long, bad_date, past_date, bad_choice,
    no_step."""
    if new.next_by.strip() and not new.next_step.strip():
        raise WorkbenchError(
            "no_step", _("写了哪天兑现,没有写下一步是什么。"), _("请写一句,例如:发提前还款的流程。")
        )
    return {
        "text": written(new.text, rules.whole("need.most"), _("需求")),
        "consequence": chosen(new.consequence, ("high", "low"), _("后果")),
        "deadline": checked_day(new.deadline, day) if new.deadline.strip() else None,
        "alternatives": within(new.alternatives, rules.whole("need.note_most"), _("替代办法")),
        "willing": chosen(new.willing, ("now", "later", "no"), _("意愿")),
        "incentive": None if new.incentive is None else int(new.incentive),
        "elastic": None if new.elastic is None else int(new.elastic),
        "product": within(new.product, rules.whole("need.note_most"), _("产品")),
        "scene": within(new.scene, rules.whole("need.note_most"), _("场景")),
        "next_step": within(new.next_step, rules.whole("need.note_most"), _("下一步")),
    }


def evidence_row(kind: str, date: str | None, note: str, day: str, rules: Rules) -> dict[str, Value]:
    """The columns of an evidence (`date` ISO, None: the day itself). Raises WorkbenchError bad_choice, bad_date,
    date_in_future, too_long."""
    return {
        "kind": chosen(kind, _KINDS, _("证据")),
        "date": past_day(date, day) if date else day,
        "note": within(note, rules.whole("need.note_most"), _("证据")),
    }


def ended_row(state: str, outcome: str, day: str, rules: Rules) -> dict[str, Value]:
    """The columns of a need that is over. Raises WorkbenchError bad_choice, too_long."""
    outcome_words = within(outcome, rules.whole("need.note_most"), _("结果"))
    return {"state": chosen(state, _STATES, _("结果")), "ended": day, "outcome": outcome_words}


def past_day(text: str, day: str) -> str:
    """A day (ISO) that is not after another. Raises WorkbenchError bad_date, date_in_future."""
    try:
        date = dt.date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise WorkbenchError(
            "bad_date", _("「{text}」不是日期。").format(text=text), _("请写成 2026-11-23 这样。")
        ) from None
    if date > day:
        raise WorkbenchError(
            "date_in_future", _("{date} 还没有到。").format(date=date), _("请填今天或以前的日期。")
        )
    return date


def chosen(value: str | None, allowed: tuple[str, ...], what: str) -> str | None:
    """A code of some, None for none. Raises WorkbenchError bad_choice."""
    code = (value or "").strip() or None
    if code is not None and code not in allowed:
        raise WorkbenchError(
            "bad_choice", _("{what}没有「{value}」这一项。").format(what=what, value=code),
            _("可以填:{codes}。").format(codes=" / ".join(allowed)),
        )  # fmt: skip
    return code


def written(text: str, most: int, what: str) -> str:
    """A text in one line. Raises WorkbenchError no_text, too_long."""
    plain = within(text, most, what)
    if plain is None:
        raise WorkbenchError("no_text", _("没有写{what}。").format(what=what), _("请写一句话。"))
    return plain


def within(text: str, most: int, what: str) -> str | None:
    """A text in one line, None for none. Raises WorkbenchError too_long."""
    plain = " ".join(text.split())
    if len(plain) > most:
        raise WorkbenchError(
            "too_long", _("{what}有 {n} 个字,最多 {most} 个字。").format(what=what, n=len(plain), most=most),
            _("请写短一些再记下。"),
        )  # fmt: skip
    return plain or None
