"""`Entering`: what filled sheets would enter, looked at first, chosen where the book got something meanwhile, then written in
one change."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection, select

from db.engine import Book
from db.journal import Writer
from db.week import handed_out
from workbench.base.change import Change
from workbench.base.dates import now
from workbench.base.errors import RowProblem, WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.outreach.contacts import put_contacts
from workbench.outreach.drafting.ticking import put_ticks
from workbench.outreach.referrals.writing import erase_person
from workbench.outreach.results.entry import ResultRow, ResultsJson, conflict_json
from workbench.outreach.results.examining import Examined, examine
from workbench.outreach.results.filled import FilledSheet
from workbench.outreach.results.forms import form_of
from workbench.outreach.results.handed_sheet import HandedSheet
from workbench.outreach.results.referral_rows import (
    declined,
    examine_referrals,
    is_referrals,
    record_referrals,
)
from workbench.rules.parameters import Rules

FilledSheets = Sequence[tuple[HandedSheet, FilledSheet]]


class Entering:
    """Filled sheets under review. Nothing is written before `enter`; a row of which the book got something since the sheet was
    made is entered only where the sheet's value is chosen."""

    def __init__(self, book: Book, rules: Rules, sheets: FilledSheets) -> None:
        self._book = book
        self._rules = rules
        self._sheets = tuple(sheets)
        self._taken: set[tuple[str, int]] = set()
        with in_words(), book.read() as conn:
            self._looks = self._look(conn)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Of the sheets, in the order of the file."""
        return tuple(sheet.number for sheet, _filled in self._sheets)

    @property
    def rows(self) -> tuple[ResultRow, ...]:
        """Rows that enter without a question."""
        return tuple(row for look in self._looks for row in look.rows if not row.there)

    @property
    def conflicts(self) -> tuple[ResultRow, ...]:
        """Rows of which the book got something since the sheet was made; each says what."""
        return tuple(row for look in self._looks for row in look.rows if row.there)

    @property
    def problems(self) -> tuple[RowProblem, ...]:
        """Rows that cannot be entered, one sentence each."""
        return tuple(problem for look in self._looks for problem in look.problems)

    @property
    def unchanged(self) -> int:
        """How many rows the book has already as the sheet says."""
        return sum(look.unchanged for look in self._looks)

    @property
    def empty(self) -> int:
        """How many rows were not filled in."""
        return sum(look.empty for look in self._looks)

    @property
    def chosen(self) -> tuple[ResultRow, ...]:
        """The rows that `enter` writes: those without a question, and the conflicts in which the sheet's value was taken."""
        taken = (row for row in self.conflicts if row.place in self._taken)
        return (*self.rows, *taken)

    def take(self, place: tuple[str, int], *, sheets: bool) -> None:
        """Settle a conflict (see `ResultRow.place`): with the value on the sheet, or with what the book has."""
        (self._taken.add if sheets else self._taken.discard)(place)

    def take_all(self) -> None:
        """Settle every conflict with the value on the sheet."""
        self._taken.update(row.place for row in self.conflicts)

    def taken(self, row: ResultRow) -> bool:
        """Whether a conflict was settled with the value on the sheet."""
        return row.place in self._taken

    def enter(self) -> Change:
        """Write all that is chosen and mark the sheets as entered, in one change; nothing chosen writes nothing.

        Rows that were left empty may follow another day. Raises WorkbenchError book_moved (the book got something that was not
        shown), and those of the plan and the log.
        """
        rows = self.chosen
        if not rows:
            return Change.nothing()
        with in_words(), self._book.write("results", ", ".join(self.numbers)) as writer:
            if self._look(writer.conn) != self._looks:
                raise WorkbenchError(
                    "book_moved", _("刚才账本又有改动,这些结果还没有录入。"), _("请再看一遍,然后重新录入。")
                )
            gone = declined(writer.conn, rows, self._rules)
            self._write(writer, rows)
            change = Change.by(writer, len(rows))
        with in_words():
            erase_person(self._book, gone, gone)
        return change

    def as_json(self, change: int | None, entered: int) -> ResultsJson:
        """The whole for the command line."""
        return {
            "sheets": list(self.numbers),
            "entered": entered,
            "rows": [row.as_json() for row in self.rows],
            "conflicts": [conflict_json(row, taken=self.taken(row)) for row in self.conflicts],
            "problems": [problem.as_json() for problem in self.problems],
            "unchanged": self.unchanged,
            "empty": self.empty,
            "change": change,
        }

    def _look(self, conn: Connection) -> tuple[Examined, ...]:
        looks = [
            (examine_referrals if is_referrals(sheet) else examine)(conn, self._rules, sheet, filled)
            for sheet, filled in self._sheets
        ]
        return once_each([sheet for sheet, _filled in self._sheets], looks)

    def _write(self, writer: Writer, rows: Sequence[ResultRow]) -> None:
        contacts = [row.contact for row in rows if row.contact is not None]
        for error in put_contacts(writer, contacts, self._rules).refused.values():
            raise error
        record_referrals(writer, rows, self._rules)
        for sheet, _filled in self._sheets:
            ticks = {
                (row.item_id, row.customer_id): row.mark.code
                for row in rows
                if row.contact is None
                and not row.referral
                and row.sheet == sheet.number
                and row.item_id is not None
            }
            if ticks and not put_ticks(writer, sheet.week, ticks):
                raise LookupError("a row of the plan went between looking and ticking")
            if any(row.sheet == sheet.number for row in rows):
                self._mark(writer, sheet)

    def _mark(self, writer: Writer, sheet: HandedSheet) -> None:
        row = writer.conn.execute(
            select(handed_out.c.id).where(handed_out.c.number == sheet.number)
        ).scalar_one()
        writer.update(handed_out, row, {"entered": now()})


def once_each(sheets: Sequence[HandedSheet], looks: Sequence[Examined]) -> tuple[Examined, ...]:
    """The looks with nobody entered twice: who was filled in alike on two sheets counts once, by the sheet of a day where there
    is one; who was filled in differently is a question."""
    seen: dict[int, tuple[HandedSheet, ResultRow]] = {}
    kept = list(looks)
    for place in sorted(range(len(looks)), key=lambda n: (sheets[n].date is None, n)):
        rows: list[ResultRow] = []
        for row in looks[place].rows:
            other = seen.get(row.customer_id) if row.customer_id is not None and row.contact else None
            if other is None:
                if row.customer_id is not None and row.contact:
                    seen[row.customer_id] = (sheets[place], row)
                rows.append(row)
            elif other[1].mark != row.mark:
                words = _("{name} 第 {row} 号填的是 {word}")
                there = words.format(
                    name=form_of(other[0].kind).name, row=other[1].label, word=other[1].mark.word
                )
                rows.append(replace(row, there=row.there or there))
        alike = len(looks[place].rows) - len(rows)
        kept[place] = replace(looks[place], rows=tuple(rows), unchanged=looks[place].unchanged + alike)
    return tuple(kept)


def already_entered(number: str, at: str) -> WorkbenchError:
    """The refusal of a sheet whose results are in the book."""
    return WorkbenchError(
        "sheet_entered",
        _("编号 {number} 已经在 {at} 录入过,没有再录。").format(number=number, at=at[:16]),
        _("要改个别结果请直接登记联系;要整张重录,先撤销那一次录入。"),
    )


def check_new(entering: Entering, sheets: Iterable[HandedSheet]) -> None:
    """Refuse what brings nothing that the book did not take in from these sheets before. Raises WorkbenchError
    sheet_entered."""
    before = next((sheet for sheet in sheets if sheet.entered), None)
    if before is not None and entering.unchanged and not (entering.rows or entering.conflicts):
        raise already_entered(before.number, str(before.entered))


def check_open(sheet: HandedSheet) -> None:
    """Refuse a sheet that may not come back. Raises WorkbenchError sheet_replaced."""
    if sheet.replaced is not None:
        raise WorkbenchError(
            "sheet_replaced",
            _("编号 {number} 后来重新打过,这一张作废,没有录入。").format(number=sheet.number),
            _("请用新的一张:编号 {number}。").format(number=sheet.replaced),
        )
