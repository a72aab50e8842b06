"""The seven real months of 14,183 customers: all rows taken, totals right, undone and redone without a trace."""

from pathlib import Path

import pytest

from db.engine import Book
from workbench.intake.room import Intake


@pytest.mark.parametrize("months", [1, pytest.param(7, marks=pytest.mark.long)])
def test_the_real_months(intake: Intake, book: Book, bank_files: list[Path], months: int) -> None:
    bank_files = bank_files[:months]
    empty = book.fingerprint()
    for path in bank_files:
        sheet = intake.read(path).commit().sheets[0]
        assert (sheet.rows, sheet.refused, sheet.vanished) == (14_183, 0, 0)
        assert all(problem.level != "refuse" for problem in sheet.problems)
        assert sheet.quality is not None
        assert sheet.new + sheet.changed + sheet.unchanged == 14_183
        assert [total.matches for total in sheet.totals] == [True, True, True]
        assert all(match.field for match in sheet.mapping)
    assert len(intake.history()) == months
    full = book.fingerprint()
    assert intake.read(bank_files[-1]).commit().sheets[0].unchanged == 14_183
    assert book.fingerprint() == full
    for _file in bank_files:
        intake.undo()
    assert book.fingerprint() == empty
    for _file in bank_files:
        intake.redo()
    assert book.fingerprint() == full
    assert book.verify() == []
