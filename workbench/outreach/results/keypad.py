"""`Keypad`: a sheet typed back row by row: a row number and a digit; who it is, what is missing and the total are told."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from workbench.base.i18n import _, commas, sentences
from workbench.outreach import store
from workbench.outreach.results.examining import numbered_from, people_of
from workbench.outreach.results.filled import FilledSheet, ReturnedRow
from workbench.outreach.results.handed_sheet import HandedSheet
from workbench.outreach.results.marks import MISSED, KeyWord, Mark, keys, read_mark
from workbench.outreach.results.referral_rows import is_referrals, referral_faces
from workbench.outreach.results.since import contacts_since, ticked_since


@dataclass(frozen=True, slots=True)
class KeypadRow:
    """A row of the sheet: its number on paper (`label`), who stands there as on paper; `of_plan`: it is a row of the plan
    itself; `settled`: the book got its result since the sheet was made, so it is not missing."""

    row: int
    label: str
    who: str
    of_plan: bool
    settled: bool


@dataclass(frozen=True, slots=True)
class Typed:
    """What one entry means: the row and its mark, or the sentence why not (`fault`)."""

    row: KeypadRow | None
    mark: Mark | None
    fault: str = ""


class Keypad:
    """The rows of one sheet with what was typed for them."""

    def __init__(self, sheet: HandedSheet, rows: Iterable[KeypadRow]) -> None:
        self.sheet = sheet
        self.rows = tuple(rows)
        self._by_row = {one.row: one for one in self.rows}
        self._results: dict[int, str] = {}

    @property
    def typed(self) -> dict[int, str]:
        """Row -> what was typed for it, in the order of typing."""
        return dict(self._results)

    @property
    def missing(self) -> tuple[int, ...]:
        """The rows without a result, neither typed nor in the book."""
        return tuple(one.row for one in self.rows if one.row not in self._results and not one.settled)

    def missing_words(self, most: int) -> str:
        """The rows without a result in one sentence, at most so many of them by number; '' when none is missing."""
        missing = self.missing
        if not missing:
            return ""
        named = commas(self._by_row[one].label for one in missing[:most])
        if len(missing) > most:
            return _("还差 {rows} 号,另有 {n} 行").format(rows=named, n=len(missing) - most)
        return _("还差 {rows} 号").format(rows=named)

    def row(self, text: str) -> KeypadRow | None:
        """The row of a typed number; None where the sheet has none."""
        place = self.sheet.row_named(text)
        return self._by_row.get(place.row) if place is not None else None

    def keys(self, row: KeypadRow | None) -> tuple[KeyWord, ...]:
        """The digits for a row; for none those that most rows of the sheet take."""
        plan_rows = sum(one.of_plan for one in self.rows)
        return keys(of_plan=row.of_plan if row else 2 * plan_rows > len(self.rows))

    def meaning(self, number: str, code: str) -> Typed:
        """What a row number and a result mean; nothing is kept."""
        row = self.row(number)
        if row is None:
            words = _("这张单子上没有第 {row} 号。").format(row=number.strip() or "?")
            return Typed(None, None, sentences((words, numbered_from(self.sheet))))
        mark = read_mark(code, of_plan=row.of_plan)
        if mark is None or self._lacks(row, mark):
            listed = commas(f"{one.digit} {one.mark.word}" for one in self.keys(row))
            words = _("结果「{value}」不认得,可以按:{names}。")
            return Typed(row, None, words.format(value=code.strip(), names=listed))
        return Typed(row, mark)

    def _lacks(self, row: KeypadRow, mark: Mark) -> bool:
        """Whether a tick says too little: missed without why, or of a customer who is not on the plan."""
        place = self.sheet.row(row.row)
        if mark.of_plan and is_referrals(self.sheet):
            return True
        return mark.of_plan and (mark.code == MISSED or (place is not None and place.item_id is None))

    def type(self, number: str, code: str) -> Typed:
        """Keep a result for a row; a second one takes the place of the first. A wrong one is not kept."""
        entry = self.meaning(number, code)
        if entry.row is not None and entry.mark is not None:
            self._results.pop(entry.row.row, None)
            self._results[entry.row.row] = code.strip()
        return entry

    def take_back(self, row: int) -> None:
        """Forget what was typed for a row."""
        self._results.pop(row, None)

    def filled(self) -> FilledSheet:
        """What was typed, as a filled sheet."""
        rows = (ReturnedRow(row, code) for row, code in sorted(self._results.items()))
        return FilledSheet(self.sheet.number, tuple(rows))


def keypad_rows(conn: Connection, sheet: HandedSheet) -> tuple[KeypadRow, ...]:
    """The rows of a sheet as they stand on paper."""
    if is_referrals(sheet):
        return tuple(
            KeypadRow(row, str(row), who or _("已不在账本里"), False, settled)
            for row, who, settled in referral_faces(conn, sheet)
        )
    people = people_of(conn, (one.customer_no for one in sheet.rows))
    items = {item.id: item for item in store.all_items(store.load(conn, sheet.week))}
    logged = contacts_since(conn, sheet.change, [one.id for one in people.values()])
    ticked = ticked_since(conn, sheet.change, [one for one in items if one is not None])
    rows: list[KeypadRow] = []
    for one in sheet.rows:
        person = people.get(one.customer_no)
        if one.of_plan:
            item = items.get(one.item_id)
            who = item.method if item else _("已不在计划里")
            rows.append(KeypadRow(one.row, one.label, who, True, item is not None and item.id in ticked))
        elif person is None:
            rows.append(KeypadRow(one.row, one.label, _("已不在账本里"), False, False))
        else:
            rows.append(KeypadRow(one.row, one.label, person.label, False, person.id in logged))
    return tuple(rows)
