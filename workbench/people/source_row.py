"""The row of a list that a figure came from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Where a figure came from: file, sheet, row as seen in Excel, batch."""

    file: str
    sheet: str
    row: int
    batch: int
