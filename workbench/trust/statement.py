"""The statement 本行授权使用: who at the bank approved that this book is used, since when, by whom, on which PC (domain 17)."""

import getpass
import platform
from datetime import date

from db.engine import Book
from db.values import Json
from workbench.base.change import Change
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.base.settings import SAMPLE, Statement, book_settings, put_setting

#: the setting, and the action in the register
_STATEMENT = "statement"


def suggested(day: str) -> Statement:
    """The statement as it is offered: everything but the approver; `day` is ISO."""
    try:
        account = getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name
        account = ""
    return {"approver": "", "date": day, "device": platform.node(), "account": account}


def wanted(book: Book) -> bool:
    """Whether the book lacks the statement; the sample branch, nobody's data, needs none. Raises WorkbenchError of the book."""
    with in_words():
        kept = book_settings(book)
    return not kept.get(SAMPLE) and not kept.get(_STATEMENT)


def state(book: Book, given: Statement) -> Change:
    """Keep the statement in the book and register it, in one write: neither is there without the other.

    Raises WorkbenchError statement_incomplete for an empty field, statement_date for what is no date (YYYY-MM-DD).
    """
    clean = {
        "approver": given["approver"].strip(),
        "date": given["date"].strip(),
        "device": given["device"].strip(),
        "account": given["account"].strip(),
    }
    if not all(clean.values()):
        raise WorkbenchError(
            "statement_incomplete", _("批准人、日期、设备、账号都要填。"), _("请补齐再保存。")
        )
    try:
        date.fromisoformat(clean["date"])
    except ValueError:
        raise WorkbenchError(
            "statement_date", _("批准日期不是一个日期。"), _("请按 2026-11-16 这样的格式填写。")
        ) from None
    kept: dict[str, Json] = {**clean}
    with in_words(), book.write(_STATEMENT, "", **kept) as writer:
        put_setting(writer, _STATEMENT, kept)
        return Change.by(writer, int(bool(writer.counts)))
