"""`Workbench`: opens a book and hands out the rooms. Both faces (window and command line) stand on it."""

from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from db.engine import Book
from db.errors import BookError
from db.making import Place
from db.record import settings
from db.stores import opening
from db.stores.address import ServerAddress
from db.values import Json
from workbench.base.change import Change, Progress, silent
from workbench.base.errors import WorkbenchError, in_words, reversing
from workbench.base.holiday_files import HolidayYear, read_notice
from workbench.base.i18n import _
from workbench.base.pc import PcSettings
from workbench.base.settings import BookSettings, book_settings, set_book_setting
from workbench.base.typed_notice import typed_notice
from workbench.base.workdays import Workdays, keep_notice, workdays_of
from workbench.rules.parameters import Rules

if TYPE_CHECKING:
    from db.salvaging import Salvaged
    from workbench.insight.room import Insight
    from workbench.intake.history import ImportHistory
    from workbench.intake.room import Intake
    from workbench.outreach.room import Outreach
    from workbench.people.prospects.room import Prospects
    from workbench.people.red_words import RedWords
    from workbench.sheets.coming_back.grid import ReturnedCell, ReturnedSheet
    from workbench.sheets.coming_back.room import ComingBack
    from workbench.sheets.forms_back.fixed_form import FixedForm, FormRead
    from workbench.sheets.office_return.room import OfficeReturnSheets
    from workbench.sheets.room import Sheets
    from workbench.trust.backups import Backups
    from workbench.trust.ledger import Ledger
    from workbench.trust.personal.room import PersonalData
    from workbench.trust.register import Register
    from workbench.trust.replacing import Replaced
    from workbench.trust.vault import Vault


class Workbench:
    """An open book with its rooms. The rooms are imported when first entered, so that a start stays quick."""

    def __init__(self, book: Book) -> None:
        self.book = book

    @staticmethod
    def place(where: Path | ServerAddress) -> Place:
        """Whether a book lies there, or may be made there. Raises WorkbenchError not_a_file, name_too_long, ..."""
        with in_words():
            return opening.place_of(where)

    @staticmethod
    def restore(backup: Path, target: Path | ServerAddress, passphrase: str) -> "Replaced":
        """Put a copy of a backup in the place of a book, which is kept under a new name; on a server into an empty schema only.

        Raises WorkbenchError (see `replace_by_backup`); the book stands as before then.
        """
        from workbench.trust.replacing import replace_by_backup

        return replace_by_backup(backup, target, passphrase)

    @classmethod
    def create(cls, where: Path | ServerAddress, passphrase: str = "") -> "Workbench":
        """Make a new book; one on a server needs no passphrase. Raises WorkbenchError (see `in_words`), weak_passphrase."""
        if not isinstance(where, ServerAddress):
            from workbench.trust.passphrases import check_new_passphrase

            check_new_passphrase(passphrase, (where.stem,))
        with in_words():
            book = Book.create(where, passphrase)
            book.record("created", path=book.shown)
            return cls(book)

    @classmethod
    def open(
        cls, where: Path | ServerAddress, passphrase: str = "", *, face: str = "", kept: bool = False
    ) -> "Workbench":
        """Open a book by its passphrase or its recovery code; one on a server needs neither. `face`: the window or the command
        that opens it, for the register; `kept`: the passphrase comes from the key ring. Raises WorkbenchError (see `in_words`),
        wait after wrong passphrases, stale_ring."""
        from workbench.trust import entering

        with in_words():
            return cls(entering.enter(where, passphrase, face, kept=kept))

    def close(self) -> None:
        """Give the book back; what computes it goes with it."""
        self.book.close()

    def __enter__(self) -> "Workbench":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def moved_aside(self) -> str:
        """The sentence about what lay in the place of a book that was made; '' when nothing did."""
        if self.book.aside is None:
            return ""
        words = _("原处有一次没有做完的新建留下的文件,已改名为 {path};账本已重新建好。")
        return words.format(path=self.book.aside)

    @cached_property
    def is_sample(self) -> bool:
        """Whether the book holds the made-up customers of the sample branch, nobody's data."""
        return self.settings().get("sample", False)

    @property
    def title(self) -> str:
        """The name of the book as the window shows it; of a sample branch with the word that says so."""
        name = self.book.path.stem
        return _("{book}(虚构数据)").format(book=name) if self.is_sample else name

    # -- rules and settings --------------------------------------------------------------------------------

    @cached_property
    def rules(self) -> Rules:
        """The parameters in force in this book."""
        kept = self.settings()
        return Rules.load(kept.get("preset", "general"), kept.get("overrides", {}))

    def settings(self) -> BookSettings:
        """Settings kept in the book: preset, overrides, manager, branch, calls, visits."""
        return book_settings(self.book)

    def set(self, key: str, value: Json) -> Change:
        """Keep one setting; rules and rooms built on the old one are dropped."""
        with in_words():
            change = set_book_setting(self.book, key, value)
        self._forget()
        return change

    @cached_property
    def workdays(self) -> Workdays:
        """The calendar of workdays, with the notices imported into this book."""
        with in_words(), self.book.read() as conn:
            return workdays_of(conn)

    def import_holidays(self, file: Path) -> Change:
        """Keep a year's notice of days off (see `read_notice` for its form) in the book, over what was known of the year.

        Raises WorkbenchError bad_holidays, file_unread.
        """
        return self._keep_notice(read_notice(file))

    def type_holidays(self, year: int, text: str) -> Change:
        """Keep a year's notice of days off as lines (see `typed_notice`), over what was known of the year.

        Raises WorkbenchError bad_holidays.
        """
        return self._keep_notice(typed_notice(year, text))

    def _keep_notice(self, notice: HolidayYear) -> Change:
        with in_words():
            change = keep_notice(self.book, notice)
        self._forget()
        return change

    def _forget(self) -> None:
        """Rules and rooms are made anew from what the book says now."""
        rooms = (
            "intake",
            "insight",
            "outreach",
            "sheets",
            "results",
            "prospects",
            "office_return",
            "red_words",
            "personal",
        )
        for name in ("is_sample", "rules", "workdays", *rooms):
            self.__dict__.pop(name, None)

    # -- rooms ---------------------------------------------------------------------------------------------

    @cached_property
    def intake(self) -> "Intake":
        """The room that takes lists in."""
        from workbench.intake.room import Intake

        return Intake(
            self.book,
            self.rules,
            self._give_up_drafts,
            self._bring_forward,
            self._is_ours,
        )

    @cached_property
    def imports(self) -> "ImportHistory":
        """Past imports, for whoever reads no file."""
        from workbench.intake.history import ImportHistory

        return ImportHistory(self.book, self.rules, self._give_up_drafts)

    @cached_property
    def insight(self) -> "Insight":
        """The room that tells what is true of a customer."""
        from workbench.insight.room import Insight

        return Insight(self.book, self.rules)

    @cached_property
    def outreach(self) -> "Outreach":
        """The room that plans whom to contact."""
        from workbench.outreach.leads.room import Leads
        from workbench.outreach.room import Outreach

        insight = self.insight
        leads = Leads(self.book, self.rules, insight.months, insight.checking, insight.engine)
        return Outreach(self.book, self.rules, leads, self.settings())

    @cached_property
    def sheets(self) -> "Sheets":
        """The room that prints and saves."""
        from workbench.sheets.room import Sheets

        return Sheets(
            self.book,
            self.settings(),
            self.register,
            lambda: self.outreach,
            lambda no: self.insight.portrait(no),
        )

    @cached_property
    def prospects(self) -> "Prospects":
        """Persons without an account (domain 7)."""
        from workbench.people.prospects.room import Prospects

        return Prospects(self.book, self.rules)

    @cached_property
    def red_words(self) -> "RedWords":
        """The words that nobody says to a customer, as this branch has them (domain 8.5)."""
        from workbench.people.red_words import RedWords

        return RedWords(self.book, self.rules)

    @cached_property
    def results(self) -> "ComingBack":
        """The way back of numbered sheets: what was filled in on them, as a file or at the keypad."""
        from workbench.sheets.coming_back.room import ComingBack

        return ComingBack(self.book, self.rules, self.sheets.handed_out, self._returned)

    @cached_property
    def office_return(self) -> "OfficeReturnSheets":
        """Head office's own workbooks, filled in with the outcomes of the lists that it sent (domain 12.6)."""
        from workbench.sheets.office_return.room import OfficeReturnSheets

        return OfficeReturnSheets(
            self.book,
            self.rules,
            self.settings(),
            self.register,
            lambda: self.outreach.office_returns,
            lambda path, progress: self.intake.office_forms(path, progress),
        )

    @cached_property
    def vault(self) -> "Vault":
        """The ways into the book's file (domain 17)."""
        from workbench.trust.vault import Vault

        return Vault(self.book)

    @cached_property
    def register(self) -> "Register":
        """The one door through which anything leaves the book."""
        from workbench.trust.register import Register

        return Register(self.book, lambda: self.rules)

    @cached_property
    def personal(self) -> "PersonalData":
        """What is held about a person: told, deleted, and not kept too long (domain 17)."""
        from workbench.trust.personal.room import PersonalData

        return PersonalData(self.book, self.rules)

    @cached_property
    def backups(self) -> "Backups":
        """The backups that the program makes by itself; of a book that is a file."""
        from workbench.trust.backups import Backups

        return Backups(self.book, self.register, self.rules)

    def back_up_before(self, why: str) -> Path | None:
        """A backup before something destructive ('undo', 'clean'), unless this PC makes none by itself or the book is on a
        server, whose backups are its own. None is made before a person is deleted: it would keep what he wants to be gone.

        Raises WorkbenchError when it cannot be made: then nothing is destroyed.
        """
        if self.book.secret is None or not PcSettings.load().backup_by_itself:
            return None
        return self.backups.before(why)

    @staticmethod
    def salvage(damaged: Path, target: Path, passphrase: str) -> "Salvaged":
        """Make a new book at `target` from what can be read of a damaged one, which is only read; same passphrase.

        Raises WorkbenchError (see `salvaging.salvage`).
        """
        from db.salvaging import salvage

        with in_words():
            return salvage(damaged, target, passphrase)

    @property
    def ledger(self) -> "Ledger":
        """The register, read in words."""
        from workbench.trust.ledger import Ledger

        return Ledger(self.book, self.rules)

    # -- undo and keeping ----------------------------------------------------------------------------------

    def undo(self, change: int) -> Change:
        """Take any change back. Raises WorkbenchError changed_later, needed_later, state, no_such_change."""
        return self._reverse(change, forward=False)

    def redo(self, change: int) -> Change:
        """Do an undone change again."""
        return self._reverse(change, forward=True)

    def change_words(self, change: int) -> str:
        """What a change was, in words; customers as the screen masks them."""
        from workbench.people.change_words import change_words

        with self.book.read() as conn:
            return change_words(conn, change)

    def _is_ours(self, heads: "Sequence[Sequence[Sequence[ReturnedCell]]]") -> bool:
        """See `coming_back.ours.is_ours`."""
        from workbench.sheets.coming_back.ours import is_ours
        from workbench.sheets.handed_out import HandedOut

        return is_ours(HandedOut(self.book), heads)

    def _give_up_drafts(self) -> bool:
        """See `outreach.store.give_up_drafts`."""
        from workbench.outreach.store import give_up_drafts

        return give_up_drafts(self.book)

    def _returned(self, path: Path, progress: Progress) -> "list[ReturnedSheet]":
        """The worksheets of a file that came back, read as intake reads any file; sheets know no reader."""
        from workbench.intake.reading.process import Limits
        from workbench.intake.reading.reader import read_file
        from workbench.sheets.coming_back.faults import with_faults
        from workbench.sheets.coming_back.grid import ReturnedSheet

        raw = read_file(
            path,
            cells_max=self.rules.whole("intake.cells_max"),
            limits=Limits.of(self.rules),
            progress=progress,
        )
        return with_faults(
            path,
            [
                ReturnedSheet(
                    one.name, tuple(tuple(one.row(number)) for number in range(one.height)), one.first_row, one.merged,
                    one.epoch_1904,
                )
                for one in raw.sheets
            ],
        )  # fmt: skip

    def filled_form(self, form: "FixedForm", path: Path, progress: Progress = silent) -> "FormRead":
        """A filled form of fixed headings: its rows, and those refused. Raises WorkbenchError as the reading of a file, and
        as `read_form`."""
        from workbench.sheets.forms_back.fixed_form import read_form

        return read_form(form, self._returned(path, progress))

    def _bring_forward(self) -> None:
        """See `Insight.bring_forward`. What fails here is computed where it is asked for: the import stands."""
        with suppress(WorkbenchError):
            self.insight.bring_forward()

    def _reverse(self, change: int, *, forward: bool) -> Change:
        with reversing(forward=forward):
            try:
                written = self.book.reverse(change, forward=forward).tables
            except BookError as error:
                # what the program drafted by itself holds nothing back
                if error.code != "needed_later" or not self._give_up_drafts():
                    raise
                written = self.book.reverse(change, forward=forward).tables
        if settings.name in written:
            self._forget()
        return Change(written, 1, change if forward else None)
