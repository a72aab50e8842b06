"""`Workbench`: opens a book and hands out the rooms. Both faces (window and command line) stand on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.engine import Book
from db.errors import BookError
from workbench.change import Change
from workbench.errors import WorkbenchError, wrong_passphrase
from workbench.i18n import _
from workbench.rules import Rules
from workbench.settings import book_settings, set_book_setting

if TYPE_CHECKING:
    from workbench.insight.room import Insight
    from workbench.intake.room import Intake
    from workbench.outreach.room import Outreach
    from workbench.sheets.room import Sheets


class Workbench:
    """An open book with its rooms. The rooms are imported when first entered, so that a start stays quick."""

    def __init__(self, book: Book) -> None:
        self.book = book

    @classmethod
    def create(cls, path: Path, passphrase: str) -> "Workbench":
        """Make a new book. Raises WorkbenchError (see `in_words`) or weak_passphrase."""
        if len(passphrase) < 6:
            raise WorkbenchError(
                "weak_passphrase", _("口令太短。"), _("请用至少 6 个字符,并另外记在安全的地方:忘了口令无法找回。")
            )
        with in_words():
            return cls(Book.create(path, passphrase))

    @classmethod
    def open(cls, path: Path, passphrase: str) -> "Workbench":
        """Open a book. Raises WorkbenchError (see `in_words`)."""
        with in_words():
            return cls(Book.open(path, passphrase))

    def close(self) -> None:
        self.book.close()

    def __enter__(self) -> "Workbench":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    # -- rules and settings --------------------------------------------------------------------------------

    @cached_property
    def rules(self) -> Rules:
        """The parameters in force in this book."""
        kept = self.settings()
        return Rules.load(kept.get("preset", "general"), kept.get("overrides", {}))

    def settings(self) -> dict[str, Any]:
        """Settings kept in the book: preset, overrides, manager, branch, calls, visits."""
        return book_settings(self.book)

    def set(self, key: str, value: Any) -> Change:
        """Keep one setting; rules and rooms built on the old one are dropped."""
        with in_words():
            change = set_book_setting(self.book, key, value)
        for name in ("rules", "intake", "insight", "outreach", "sheets"):
            self.__dict__.pop(name, None)
        return Change(frozenset({"settings"}), int(change is not None), change)

    # -- rooms ---------------------------------------------------------------------------------------------

    @cached_property
    def intake(self) -> "Intake":
        from workbench.intake.room import Intake

        return Intake(self.book, self.rules)

    @cached_property
    def insight(self) -> "Insight":
        from workbench.insight.room import Insight

        return Insight(self.book, self.rules)

    @cached_property
    def outreach(self) -> "Outreach":
        from workbench.outreach.room import Outreach

        return Outreach(self.book, self.rules, self.insight, self.settings())

    @cached_property
    def sheets(self) -> "Sheets":
        from workbench.sheets.room import Sheets

        return Sheets(self.book, self.settings())

    # -- undo and keeping ----------------------------------------------------------------------------------

    def undo(self, change: int) -> Change:
        """Take any change back. Raises WorkbenchError changed_later, needed_later, state, no_such_change."""
        with in_words():
            return Change(frozenset(self.book.reverse(change)) | {"settings"}, 1, None)

    def redo(self, change: int) -> Change:
        """Do an undone change again."""
        with in_words():
            return Change(frozenset(self.book.reverse(change, forward=True)) | {"settings"}, 1, change)

    def backup(self, target: Path) -> Path:
        """A whole copy of the book, same passphrase."""
        with in_words():
            return self.book.backup(target)


@contextmanager
def in_words() -> Iterator[None]:
    """Turn a BookError into the WorkbenchError that a person can read."""
    try:
        yield
    except BookError as error:
        raise said(error) from error


def said(error: BookError) -> WorkbenchError:
    """The sentence for a failure of the book."""
    facts = error.facts
    path = facts.get("path", "")
    if error.code == "wrong_passphrase":
        return wrong_passphrase()
    words: dict[str, tuple[str, str]] = {
        "missing": (_("没有找到账本 {path}。"), _("请检查路径,或者新建一个账本。")),
        "exists": (_("{path} 已经有一个账本了。"), _("请打开它,或者换一个文件名。")),
        "not_a_book": (_("{path} 不是本系统的账本。"), _("请选择扩展名为 .book 的账本文件。")),
        "newer": (_("账本 {path} 是用更新版本的程序保存的。"), _("请先升级本程序再打开;账本没有改动。")),
        "locked": (_("账本 {path} 正在另一个窗口中使用。"), _("请先关闭那个窗口或命令。")),
        "read_only": (_("{path} 所在的文件夹不能写入。"), _("请换一个有写权限的文件夹。")),
        "disk_full": (_("磁盘空间不足,{path} 没有保存。"), _("请清出一些空间后重试;账本停在操作之前的样子。")),
        "damaged": (_("账本 {path} 已损坏,读不出来。"), _("请用最近的备份恢复:workbench restore。")),
        "changed_later": (
            _("这次操作之后,同样的数据又被改过(操作 {changes})。"),
            _("请先撤销后面的操作,再撤销这一次。"),
        ),
        "needed_later": (_("后来的记录用到了这次操作写入的数据。"), _("请先撤销后来的导入或记录。")),
        "state": (_("这次操作已经撤销过(或者还没有撤销)。"), _("请在导入历史里查看它的状态。")),
        "no_such_change": (_("没有编号为 {change} 的操作。"), _("请用 workbench imports 查看编号。")),
    }
    what, hint = words[error.code]
    shown = {"path": path, "changes": ", ".join(map(str, facts.get("changes", ()))), "change": facts.get("change")}
    return WorkbenchError(error.code, what.format(**shown), hint, **facts)
