"""Opening the file of a complaint within somebody's change: by hand, on a line of a list, or taking one up again (domain 9)."""

import json

from sqlalchemy import select

from db.cases import complaint_files
from db.journal import Writer
from db.tables import complaints
from db.values import Value
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.outreach.complaints.avoiding import book_manager, checked_owner
from workbench.outreach.complaints.checking import (
    checked_count,
    checked_mark,
    checked_moment,
    checked_money,
    checked_signs,
    checked_text,
)
from workbench.outreach.complaints.new_complaint import NewComplaint
from workbench.outreach.complaints.words import category_of, channel_of, level_of, shipped_name
from workbench.rules.parameters import Rules

#: the status of a line that somebody works on, as lists call it
OPEN_WORD = "处理中"


def open_in(writer: Writer, rules: Rules, customer_id: int, new: NewComplaint) -> int:
    """Open a file within a write and return the id of its line in `complaints`; the line itself is written too, unless the file
    stands on one (`new.line`). Consent, measures and lights follow from the line.

    Raises WorkbenchError same_person, bad_date, date_in_future, past_date, too_long, bad_mark, bad_count, bad_amount,
    no_such_sign, no_such_word, nothing_told, no_such_complaint, file_twice.
    """
    conn = writer.conn
    received = checked_moment(new.received, _("收到的时间"))
    owner = checked_owner(new.owner, new.against, book_manager(conn))
    line = _line(new, rules)
    if new.line is None:
        if not line["content"] and not line["category"]:
            raise WorkbenchError("nothing_told", _("没有写投诉什么。"), _("请选类别,或者写一句经过。"))
        row = line | {"customer_id": customer_id, "date": received[:10], "status": OPEN_WORD}
        complaint = writer.insert(complaints, [row])[0]
    else:
        complaint = new.line
        received = _on_line(writer, customer_id, new.line, new.received, line)
    answered = new.answered and checked_moment(new.answered, _("首次回应的时间"), received, timed=True)
    kept: dict[str, Value] = {
        "customer_id": customer_id, "complaint_id": complaint, "received": received, "answered": answered or None,
        "owner": checked_text(owner, _("承办人"), rules, "complaint.name_most"),
        "against": checked_text(new.against, _("被投诉人"), rules, "complaint.name_most"),
        "demand": checked_text(new.demand, _("诉求"), rules), "money": checked_money(new.money_fen),
        "people": checked_count(new.people, _("人数")), "times": checked_count(new.times, _("次数")),
        "signs": json.dumps(checked_signs(new.signs)), "before": checked_mark(new.before, _("情绪温度")),
        "again_id": new.again,
    }  # fmt: skip
    writer.insert(complaint_files, [kept])
    return complaint


def _line(new: NewComplaint, rules: Rules) -> dict[str, Value]:
    """What stands in the list, in the words of lists: an import of the same complaint meets it there."""
    return {
        "complaint_no": checked_text(new.number, _("编号"), rules, "complaint.name_most"),
        "channel": named_word("channel", new.channel, rules),
        "category": named_word("category", new.category, rules),
        "level": checked_level(new.level),
        "content": checked_text(new.content, _("经过"), rules),
    }


def named_word(kind: str, word: str, rules: Rules) -> str | None:
    """What lists call the 'channel' or 'category' that a code or a word means; None for none. Raises WorkbenchError
    no_such_word."""
    code = (channel_of if kind == "channel" else category_of)(word, rules)
    if word.strip() and not code:
        raise WorkbenchError(
            "no_such_word", _("没有“{word}”这一种。").format(word=word.strip()), _("请从列出的里面选。")
        )
    return shipped_name(kind, code) if code else None


def checked_level(word: str) -> str | None:
    """What lists call the level that a code or a word means; None for none. Raises WorkbenchError no_such_word."""
    level = level_of(word)
    if word.strip() and level is None:
        raise WorkbenchError(
            "no_such_word",
            _("没有“{word}”这一级。").format(word=word.strip()),
            _("请写一级、二级、三级或四级。"),
        )
    return shipped_name("level", level) if level else None


def _on_line(writer: Writer, customer_id: int, line: int, given: str, named: dict[str, Value]) -> str:
    """Make sure of the line of a list and of its having no file; what the list does not tell is filled in. The moment of receipt:
    the list's day, with the time where a person told it of that day. Raises WorkbenchError no_such_complaint, file_twice."""
    conn = writer.conn
    row = conn.execute(select(complaints).where(complaints.c.id == line)).mappings().first()
    if row is None or row["customer_id"] != customer_id:
        raise no_such_complaint()
    if conn.execute(select(complaint_files.c.id).where(complaint_files.c.complaint_id == line)).first():
        raise WorkbenchError("file_twice", _("这件投诉已经建过档。"), _("请打开那一份。"))
    told = {"status": OPEN_WORD if row["closed_date"] is None else None} | named
    filled = {name: value for name, value in told.items() if value is not None and not row[name]}
    if named["level"] is not None:  # what a person says goes before the list; it can only lift what follows
        filled["level"] = named["level"]
    writer.update(complaints, line, filled)
    received = checked_moment(given, _("收到的时间")) if given.strip() else ""
    return received if received[:10] == row["date"] else str(row["date"])


def no_such_complaint() -> WorkbenchError:
    """The error for a complaint that the book does not have."""
    return WorkbenchError(
        "no_such_complaint", _("没有这件投诉。"), _("请刷新页面,或用 workbench complaints 核对编号。")
    )
