"""`SourceRow`: the row of an imported list that a figure came from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Where a figure came from: file, sheet, row as Excel shows it, id of the import."""

    file: str
    sheet: str
    row: int
    batch: int
