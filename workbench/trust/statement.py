"""The statement 本行授权使用: who at the bank approved that this book is used, since when, by whom, on which PC (domain 17)."""

import getpass
import platform
from datetime import date
from typing import Protocol

from db.engine import Book
from db.values import Json
from workbench.base.change import Change
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.base.settings import BookSettings, Statement


class Keeper(Protocol):
    """An open book with its settings: the workbench, which stands above this module."""

    book: Book

    def settings(self) -> BookSettings:
        """What the book keeps."""
        ...

    def set(self, key: str, value: Json) -> Change:
        """Keep one setting."""
        ...


def suggested(day: str) -> Statement:
    """The statement as it is offered: everything but the approver; `day` is ISO."""
    try:
        account = getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name
        account = ""
    return {"approver": "", "date": day, "device": platform.node(), "account": account}


def wanted(workbench: Keeper) -> bool:
    """Whether the book lacks the statement; the sample branch, nobody's data, needs none."""
    kept = workbench.settings()
    return not kept.get("sample", False) and not kept.get("statement")


def state(workbench: Keeper, given: Statement) -> Change:
    """Keep the statement in the book and register it.

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
    change = workbench.set("statement", kept)
    workbench.book.record("statement", None, **kept)
    return change
