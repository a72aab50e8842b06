"""Log a contact: with whom, by which channel, with what result, and when next; checked before it is written."""

import datetime as dt

from db.engine import Book
from db.known import light_decisions
from db.tables import touches
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _, commas
from workbench.insight.churn.decisions import CAUSES
from workbench.outreach.methods import codes
from workbench.people.find import customer_id


def log_touch(
    book: Book,
    customer_no: str,
    *,
    channel: str,
    result: str,
    date: str | None = None,
    initiated_by: str = "manager",
    next_date: str | None = None,
    note: str | None = None,
    cause: str | None = None,
) -> Change:
    """Write one contact. Dates ISO, `date` today if None; `channel` and `result` are codes or names. Undoable.

    `cause`: code of the cause of leaving that the customer named; it is confirmed with the contact, in one change.
    Raises WorkbenchError no_such_channel, no_such_result, no_such_initiator, bad_date, date_in_future,
    next_before_date, no_such_cause, no_such_customer.
    """
    channel = code_of(channel, codes("channels"), "no_such_channel", _("没有「{value}」这个渠道。"))
    result = code_of(result, codes("results"), "no_such_result", _("没有「{value}」这个结果。"))
    _known(
        initiated_by,
        (("manager", _("客户经理")), ("customer", _("客户"))),
        "no_such_initiator",
        _("不知道「{value}」是谁发起的。"),
    )
    day = _date(date) if date else today()
    if day > today():
        raise WorkbenchError(
            "date_in_future",
            _("联系日期 {date} 还没有到。").format(date=day.isoformat()),
            _("请填今天或以前的日期;以后的联系请写在下次日期里。"),
        )
    if cause is not None:
        known = tuple((code, code) for code in CAUSES)
        _known(cause, known, "no_such_cause", _("没有「{value}」这种流失原因。"))
    following = _date(next_date) if next_date else None
    if following is not None and following < day:
        raise WorkbenchError(
            "next_before_date",
            _("下次日期 {next} 早于联系日期 {date}。").format(
                next=following.isoformat(), date=day.isoformat()
            ),
            _("请改成联系日期当天或以后。"),
        )
    row = {
        "date": day.isoformat(),
        "channel": channel,
        "result": result,
        "initiated_by": initiated_by,
        "next_date": following.isoformat() if following else None,
        "note": (note or "").strip() or None,
    }
    with in_words(), book.write("touch", channel) as writer:
        person = customer_id(writer.conn, customer_no)
        touch = writer.insert(touches, [{"customer_id": person, **row}])[0]
        if cause is not None:
            confirmed = {"customer_id": person, "date": row["date"], "kind": "cause", "value": cause}
            writer.insert(light_decisions, [{**confirmed, "touch_id": touch}])
        return Change.by(writer, 1)


def code_of(value: str, allowed: tuple[tuple[str, str], ...], code: str, message: str) -> str:
    """The code that a value means, be it a code or a name of `allowed` (code, name).

    Raises WorkbenchError with this `code` and `message` ({value} in it).
    """
    named = {name: key for key, name in allowed}
    key = named.get(value.strip(), value)
    _known(key, allowed, code, message)
    return key


def _known(value: str, allowed: tuple[tuple[str, str], ...], code: str, message: str) -> None:
    if value not in dict(allowed):
        raise WorkbenchError(
            code,
            message.format(value=value),
            _("可以用:{codes}。").format(codes=commas(f"{key}({name})" for key, name in allowed)),
        )


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise WorkbenchError(
            "bad_date", _("「{text}」不是日期。").format(text=text), _("请写成 2026-11-23 这样。")
        ) from None
