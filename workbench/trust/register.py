"""The one door through which anything leaves the book, a file, a document or a print, and the register of it (domain 17)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from db import placing
from db.engine import Book
from db.errors import BookError
from db.values import Json
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.people.disclosure import disclosed
from workbench.people.legible import legible
from workbench.rules.parameters import Rules
from workbench.trust.locked_files import check_file_password, locked, locked_place

_LISTED = ("name", "customer_no", "aum")
_TOTALS = ("totals",)
#: masked in a document, unless it leaves in full
_IDENTIFYING = frozenset({"name", "phone", "id_no", "cells"})
#: What each kind of document, and of file that is no sheet, tells of customers. A sheet says it itself
#: (`sheets/printed.py`).
FIELDS: Mapping[str, tuple[str, ...]] = {
    "plan_json": (*_LISTED, "reason"),
    "critical_json": (*_LISTED, "tier", "reason"),
    "today_json": (*_LISTED, "phone", "reason"),
    "calendar_json": ("customer_no", "reason"),
    "losing_json": (*_LISTED, "tier", "reason"),
    "gifts_json": ("name", "customer_no", "note"),
    "benefits_json": ("name", "customer_no", "note"),
    "complaints_json": ("name", "customer_no", "note", "reason"),
    "losses_json": (*_LISTED, "tier", "reason", "note"),
    "winback_json": (*_LISTED, "reason", "note"),
    "salons_json": ("name", "customer_no", "note", "reason"),
    "needs_json": ("name", "customer_no", "needs", "reason"),
    "meeting_json": ("name", "customer_no", "aum", "needs", "reason"),
    "promises_json": (*_LISTED, "promise"),
    "portrait_json": (*_LISTED, "phone", "id_no", "months", "tags", "reason"),
    "lists_json": ("condition",),
    "customers_json": (*_LISTED, "tier", "risk"),
    "check_json": (*_LISTED, "risk", "reason"),
    "light_json": ("customer_no", "reason"),
    "prospects_json": ("name", "phone", "customer_no", "note"),
    "referrals_json": (
        "name",
        "customer_no",
        "tier",
        "referred_name",
        "referred_phone",
        "referral_need",
        "reason",
    ),
    "contacts_json": (*_LISTED, "touches", "note"),
    "office_return_json": (*_LISTED, "touches", "note"),
    "outcomes_json": (*_LISTED, "months", "risk", "reason"),
    "journey_json": (*_LISTED, "tier", "reason"),
    "backtest_json": _TOTALS,
    "towers_json": (*_LISTED, "tier"),
    "genes_json": (*_LISTED, "reason"),
    "matrix_json": (*_LISTED, "reason"),
    "service_file_json": (*_LISTED, "tier", "reason"),
    "allocation_json": (*_LISTED, "risk", "reason"),
    "identity_json": ("name", "customer_no", "evidence"),
    "import_json": ("customer_no", "cells"),
    "imports_json": ("customer_no", "cells"),
    "results_json": ("name", "customer_no", "note", "cells"),
    "undo_json": ("customer_no", "cells"),
    "refused_xlsx": ("cells",),
    "copied_rows": ("cells",),
    "dialects": (),
    "form_template": (),
    "scripts_json": ("customer_no", "reason"),
    "office_scripts_template": (),
    "outside_prompt": _TOTALS,
    "canvas_json": _TOTALS,
    "hooks_json": _TOTALS,
    "products_json": (),
    "product_cards_pdf": (),
    "product_sheets_template": (),
    "style_pdf": (),
    "style_json": (),
    "recovery_pdf": (),
    "pivot_json": _TOTALS,
    "register_json": ("registered",),
    "person_json": ("name", "customer_no", "phone", "id_no", "cells"),
}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What is about to leave the book: its kind, how many rows about customers (None: not counted).

    `fields` stand beside those of the kind in `FIELDS`; `facts` are registered too (purpose, number, expiry), never a
    customer's value.
    `in_full` says for what it leaves unmasked, '' when it is masked.
    """

    kind: str
    rows: int | None
    fields: tuple[str, ...] = ()
    facts: Mapping[str, Json] = field(default_factory=dict)
    in_full: str = ""


class Register:
    """Writes and registers. What cannot be registered does not leave the book."""

    def __init__(self, book: Book, rules: Callable[[], Rules] = Rules.load) -> None:
        self._book = book
        self._rules = rules
        #: file -> the password that its next writing is locked by; None: of every file
        self._locks: dict[Path | None, str] = {}
        #: what a supervisor confirmed, and whether for one exit only
        self._approval: tuple[dict[str, Json], bool] | None = None

    def lock(self, target: Path | None, password: str) -> None:
        """The next file written to `target` (None: every file from now on) is locked by a password.

        Raises WorkbenchError weak_file_password.
        """
        check_file_password(password)
        self._locks[None if target is None else target.absolute()] = password

    def approve(self, by: str, reason: str, *, once: bool = True) -> None:
        """A supervisor confirmed that more than `register.most_rows` rows leave the book; `once`: the next time only.

        Raises WorkbenchError no_approval for a missing name or reason.
        """
        name, why = " ".join(by.split()), " ".join(reason.split())
        if not name or not why:
            raise WorkbenchError("no_approval", _("主管姓名和理由都要写。"), _("请补上再试;两样都会登记。"))
        self._approval = ({"approved_by": name, "approval_reason": why}, once)

    def check_free(self, *targets: Path | None, replace: bool = False) -> None:
        """Refuse places that no output may take, before anything is computed or written for them.

        Raises WorkbenchError over_book, file_exists (unless `replace`), not_a_file, no_folder, name_too_long.
        """
        with in_words():
            for target in targets:
                if target is not None:
                    placing.check_free(target, replace=replace)

    def save(self, what: Outgoing, content: bytes, target: Path, *, replace: bool = False) -> Path:
        """Write a file whole or not at all, and register it; the path written: a locked one may be a zip.

        Raises WorkbenchError as `check_free`, disk_full, needs_approval, lock_elsewhere.
        """
        password = self._password(target)
        approval = self._approved(what.rows)
        place = locked_place(target) if password else target
        body = locked(content, target, password) if password else content
        facts: dict[str, Json] = {"locked": True} if password else {}
        with in_words(), placing.beside(place, replace=replace) as part:
            part.write_bytes(body)
            self._record(what, path=str(place.absolute()), bytes=len(body), **facts, **approval)
        self._spent(target)
        return place

    def hand_over(self, what: Outgoing, body: object) -> object:
        """Register a document that goes to standard output, for another program or file; the document as it may leave:
        masked, unless `what.in_full` says for what it is needed in full. The same book gives the same document, so where the
        audit stands is not in it. Raises WorkbenchError needs_approval for many rows in full."""
        approval = self._approved(what.rows) if what.in_full else {}
        with in_words():
            self._record(what, **approval)
            if what.in_full:
                self._spent()
                return body
            with self._book.read() as conn:
                return disclosed(body, legible(conn))

    def copied(self, what: Outgoing) -> None:
        """Register rows of a list that go to the clipboard, as they are shown. Raises WorkbenchError needs_approval."""
        approval = self._approved(what.rows)
        with in_words():
            self._record(what, **approval)
        self._spent()

    def printed(self, what: Outgoing, pages: int, copies: int) -> int:
        """Register a sheet that goes to a printer; the number of its row. Raises WorkbenchError needs_approval."""
        approval = self._approved(what.rows)
        with in_words():
            number = self._book.record(
                "print",
                what.kind,
                rows=what.rows,
                fields=_fields(what),
                pages=pages,
                copies=copies,
                **what.facts,
                **approval,
            )
        self._spent()
        return number

    def not_printed(self, what: Outgoing, number: int, pages: int) -> None:
        """Register that the printer did not print what was sent to it under a row's `number`. `pages`: how many may have come out
        before; without any there is no paper to be destroyed."""
        with in_words():
            self._book.record("print_failed", what.kind, **{**what.facts, "print": number, "pages": pages})

    def unmasked(self, customer_no_tail: str, reason: str) -> None:
        """Register that somebody looked at unmasked values of one customer. Only the number's tail is kept."""
        with in_words():
            self._book.record("unmask", customer_no_tail, reason=reason)

    def back_up(
        self, target: Path, *, replace: bool = False, passphrase: str = "", why: str | None = None
    ) -> Path:
        """A whole copy of the book in a file: same passphrase, or `passphrase` for a book on a server, which has none.

        `why` tells for what the program made it by itself. Raises WorkbenchError as `save` does.
        """

        def record() -> None:
            try:
                facts: dict[str, Json] = {"by_itself": why} if why else {}
                self._book.record("backup", None, path=str(target.absolute()), **facts)
            except BookError as error:
                # a book on a full or read-only disk is the very one that must be saved
                if error.code not in ("disk_full", "read_only"):
                    raise

        with in_words():
            return self._book.backup(target, replace=replace, before=record, passphrase=passphrase)

    def _password(self, target: Path) -> str:
        """What the file is to be locked by, '' for nothing. Raises WorkbenchError lock_elsewhere: never silently unlocked."""
        if None in self._locks:
            return self._locks[None]
        if not self._locks or target.absolute() in self._locks:
            return self._locks.get(target.absolute(), "")
        meant = next(path for path in self._locks if path is not None)
        self._locks.clear()
        raise WorkbenchError(
            "lock_elsewhere",
            _("文件口令是给 {meant} 定的,现在要写的是 {target},没有写出。").format(
                meant=meant, target=target
            ),
            _("要加口令,请重新选择位置;不要加口令,再按一次即可。"),
        )

    def _approved(self, rows: int | None) -> dict[str, Json]:
        """What a supervisor confirmed, {} where nobody has to. Raises WorkbenchError needs_approval."""
        most = self._rules().whole("register.most_rows")
        if rows is None or rows <= most:
            return {}
        if self._approval is None:
            raise WorkbenchError(
                "needs_approval",
                _("这次要带出 {n} 行客户资料,超过 {most} 行,要主管确认。").format(
                    n=f"{rows:,}", most=f"{most:,}"
                ),
                _(
                    "请缩小范围;确有需要,请写明主管姓名和理由(命令:--approved-by 姓名 --approval-reason 理由)。"
                ),
            )
        return self._approval[0]

    def _spent(self, target: Path | None = None) -> None:
        """What was given for one exit is used up."""
        if self._approval is not None and self._approval[1]:
            self._approval = None
        if target is not None:
            self._locks.pop(target.absolute(), None)

    def _record(self, what: Outgoing, **facts: Json) -> None:
        fields = _fields(what)
        if what.in_full:
            facts |= {"full": True, "purpose": what.in_full}
        elif what.kind.endswith("_json"):
            fields = [f"{name}_masked" if name in _IDENTIFYING else name for name in fields]
        self._book.record("export", what.kind, rows=what.rows, fields=fields, **what.facts, **facts)


def _fields(what: Outgoing) -> list[str]:
    """What it tells of customers. Raises LookupError for a kind of which nobody said so."""
    if what.kind not in FIELDS and not what.fields:
        raise LookupError(f"nothing says what {what.kind} tells of customers")
    return [*FIELDS.get(what.kind, ()), *what.fields]
