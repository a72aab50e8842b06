"""Entering a book: who came in, by which way, and how often it was tried in vain before, stand in its register (domain 17)."""

from contextlib import suppress
from pathlib import Path

from db import recovery_code
from db.engine import Book
from db.errors import BookError
from db.stores.address import ServerAddress
from workbench.base import keys
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.trust import attempts
from workbench.trust.vault import Vault, check_code

#: what keeps a row out of the book and must not keep the person out
_NO_ROOM = frozenset({"disk_full", "read_only", "read_only_file", "device_failed"})


def enter(where: Path | ServerAddress, passphrase: str, face: str, *, kept: bool = False) -> Book:
    """Open a book and register it. `face` is the window or a command's name; `kept`: nobody typed it, the key ring kept it.

    Raises BookError as `Book.open`, and WorkbenchError wait while the next try of a passphrase must wait, wrong_code for a
    recovery code that was copied wrongly, stale_ring for a kept one that opens the book no more: it is kept no longer.
    """
    if isinstance(where, ServerAddress):
        book = Book.open(where)
        _register(book, (), face, "server")
        return book
    if not kept and not recovery_code.is_code(passphrase):
        attempts.check(where)
    try:
        book = Book.open(where, passphrase)
    except BookError as error:
        if error.code == "wrong_passphrase" and kept:  # nobody guessed: no try to count
            keys.forget(where)
            raise WorkbenchError(
                "stale_ring",
                _("这台电脑记住的口令打不开这个账本了(可能在别处换过),已经不再记住。"),
                _("请输入现在的口令。"),
            ) from error
        if error.code == "wrong_passphrase":
            attempts.failed(where)
            if recovery_code.wrong_groups(passphrase):
                check_code(passphrase)  # a recovery code that was copied wrongly: which group
        raise
    _register(book, attempts.opened(where), face, book.way)
    return book


def again(book: Book, passphrase: str) -> bool:
    """Whether a passphrase opens the book that a locked window holds. Wrong ones count as at the door; once it opens, they are
    registered. Raises WorkbenchError wait."""
    by_code = recovery_code.is_code(passphrase)
    if not by_code:
        attempts.check(book.path)
    if not book.opens(passphrase):
        attempts.failed(book.path)
        return False
    _register_again(book, "recovery" if by_code else "passphrase")
    return True


def again_by_code(book: Book, code: str, passphrase: str) -> None:
    """The same by the recovery code, with another passphrase. A code of another book counts as a wrong passphrase does.

    Raises WorkbenchError wrong_code, weak_passphrase, and what the system refuses: the locked window stays locked then.
    """
    check_code(code)
    try:
        Vault(book).set_passphrase_by_recovery(code, passphrase)
    except WorkbenchError as error:
        if error.code == "wrong_code":
            attempts.failed(book.path)
        raise
    _register_again(book, "recovery")


def _register_again(book: Book, way: str) -> None:
    with suppress(BookError):  # a book at work, or on a full disk, is unlocked all the same
        if failures := attempts.opened(book.path):
            book.record("failed_login", times=len(failures), first=failures[0], last=failures[-1])
        book.record("login", way=way, face="window", path=book.shown)


def locked(book: Book) -> None:
    """Register that the window was locked; a book that takes no row now is locked all the same."""
    with suppress(BookError):
        book.record("lock")


def _register(book: Book, failures: tuple[str, ...], face: str, way: str) -> None:
    try:
        if failures:
            book.record("failed_login", times=len(failures), first=failures[0], last=failures[-1])
        book.record("login", way=way, face=face, path=book.shown)
    except BookError as error:
        if error.code not in _NO_ROOM:
            book.close()
            raise
