"""What was filled in on a numbered sheet, however it came back: typed at the keypad or read from a file."""

from dataclasses import dataclass

from workbench.base.errors import RowProblem


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """A row with what stands in its boxes, as written; '' for an empty box. Dates are ISO where they could be read.

    `row`: its number on the sheet; `at`: where it stands in the file, '' at the keypad; `own`: (key, text) of the columns that
    only sheets of its kind have.
    """

    row: int
    result: str
    reason: str = ""
    date: str = ""
    next_date: str = ""
    note: str = ""
    at: str = ""
    own: tuple[tuple[str, str], ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was filled in."""
        return not (self.result or self.reason or self.date or self.next_date or self.note or self.own)


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """The rows of a sheet (its number); `problems`: rows that could not be told whose they are."""

    number: str
    rows: tuple[ReturnedRow, ...]
    problems: tuple[RowProblem, ...] = ()
