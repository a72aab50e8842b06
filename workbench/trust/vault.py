"""The ways into a book: changing its passphrase, its recovery code, what this PC remembers (domain 17)."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from db import recovery_code
from db.engine import Book
from workbench.base import keys
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _, commas
from workbench.trust.passphrases import check_new_passphrase


@dataclass(frozen=True, slots=True)
class RecoveryCode:
    """A recovery code as it is printed once; the book keeps only what it opens."""

    text: str

    @property
    def groups(self) -> tuple[str, ...]:
        """Its eight groups of five."""
        return tuple(self.text.split("-"))


class Vault:
    """The key slots of an open book. Every change is registered; none of them touches a customer's data."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def fits(self, passphrase: str) -> bool:
        """Whether a passphrase (or the recovery code) opens this book: what a locked window asks."""
        with in_words():
            return self._book.opens(passphrase)

    def change_passphrase(self, old: str, new: str) -> None:
        """Give the book another passphrase; the old one holds until the new one is proven.

        Raises WorkbenchError wrong_passphrase, weak_passphrase, same_passphrase, and what the system refuses (read_only_file,
        disk_full, ...): the old one holds then.
        """
        if not self.fits(old):
            raise WorkbenchError(
                "wrong_passphrase", _("现在的口令不对,口令没有改。"), _("请重新输入现在的口令。")
            )
        if old == new:
            raise WorkbenchError("same_passphrase", _("新口令和现在的一样,没有改。"), _("请换一个新口令。"))
        self._set_passphrase(new)

    def set_passphrase_by_recovery(self, code: str, new: str) -> None:
        """Give the book another passphrase by its recovery code. Raises as `change_passphrase` and `check_code`."""
        check_code(code)
        if not self.fits(code):
            raise WorkbenchError(
                "wrong_code",
                _("恢复码不是这个账本的(或者后来换过),口令没有改。"),
                _("请找最近打印的一张恢复单。"),
            )
        self._set_passphrase(new)

    def _set_passphrase(self, new: str) -> None:
        check_new_passphrase(new, (self._book.path.stem,))
        with in_words():
            # what cannot be registered is not changed: the old passphrase holds
            self._book.set_way("passphrase", new, lambda: self._book.record("passphrase_changed"))

    def new_recovery(self, keep: Callable[[RecoveryCode], object] = lambda _code: None) -> RecoveryCode:
        """Make a recovery code; the one before opens no more. It is shown once and kept nowhere.

        `keep` writes it down (its sheet) before it counts: what that refuses leaves the one before in force.
        """
        code = RecoveryCode(recovery_code.new())

        def kept() -> None:
            keep(code)
            self._book.record("recovery_renewed")

        with in_words():
            self._book.set_way("recovery", code.text, kept)
        return code

    def recovery_since(self) -> str | None:
        """The day (ISO) that the recovery code in force was made; None: there is none."""
        with in_words():
            return self._book.ways().get("recovery")

    def passphrase_since(self) -> str | None:
        """The day (ISO) that the passphrase in force was set."""
        with in_words():
            return self._book.ways().get("passphrase")

    def for_key_ring(self) -> str:
        """A random text that opens this book, for the key ring of this PC to keep; the one before opens no more."""
        text = secrets.token_urlsafe(32)
        with in_words():
            self._book.set_way("ring", text)
        return text

    def remember(self) -> bool:
        """Have the key ring of this PC keep a text that opens this book; False when there is no key ring, or it takes none."""
        text = self.for_key_ring()
        if keys.remember(self._book.path, text):
            return True
        self.forget_key_ring()
        return False

    def forget(self) -> None:
        """Ask for the passphrase on this PC again."""
        keys.forget(self._book.path)
        self.forget_key_ring()

    def forget_key_ring(self) -> None:
        """What a key ring keeps opens this book no more."""
        with in_words():
            if "ring" in self._book.ways():
                self._book.drop_way("ring")


def check_code(code: str) -> None:
    """Raise WorkbenchError wrong_code for a recovery code that was copied wrongly; the sentence names the groups."""
    if recovery_code.is_code(code):
        return
    if wrong := recovery_code.wrong_groups(code):
        raise WorkbenchError(
            "wrong_code",
            _("恢复码第 {groups} 组抄错了。").format(groups=commas(map(str, wrong))),
            _("请对照恢复单再看一遍:每组 5 个字符,没有字母 I、L、O、U。"),
        )
    raise WorkbenchError(
        "wrong_code", _("这不是一个恢复码。"), _("恢复码有 8 组,每组 5 个字符,印在恢复单上。")
    )
