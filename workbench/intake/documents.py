"""The JSON documents of an import: the printed report and the record in the history."""

from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict

from db.values import Json
from workbench.base.errors import ProblemJson


class MappedColumn(TypedDict):
    """One column of a sheet and what it fed."""

    column: str
    field: str | None
    how: str
    score: float
    letter: str
    unit: str
    custom: str | None
    #: in the history only: the places of its field in the book, and its share of filled cells (0..1)
    columns: NotRequired[Sequence[Sequence[str]]]
    filled: NotRequired[float]


class TotalJson(TypedDict):
    """A figure of a row of totals against the sum of the rows taken."""

    column: str
    sheet_total: float
    computed: float
    matches: bool


class HandChange(TypedDict, total=False):
    """A change by a person before the import: the text of a cell, the customer of a row, or a fix and its columns."""

    row: int
    column: str
    text: str
    customer_no: str
    fix: str
    letters: list[str]
    #: the field of the column, which says how the text is masked
    field: str | None


class QualityJson(TypedDict):
    """A `Quality` as JSON."""

    score: float
    completeness: float | None
    validity: float | None
    uniqueness: float | None
    continuity: float | None
    timeliness: float | None


class SheetJson(TypedDict):
    """A `SheetReport` as JSON."""

    file: str
    #: None: the file was refused as a whole
    sheet: str | None
    kind: str
    header_row: int | None
    as_of: str | None
    unit: str
    rows: int
    new: int
    changed: int
    unchanged: int
    vanished: int
    refused: int
    not_data: Mapping[str, int]
    problems: list[ProblemJson]
    totals: list[TotalJson]
    mapping: list[MappedColumn]
    movements: list[Mapping[str, Json]]
    fixes: list[Mapping[str, Json]]
    questions: list[Mapping[str, Json]]
    candidates: list[Mapping[str, Json]]
    unlocks: list[Mapping[str, Json]]
    quality: QualityJson | None
    dialect: str
    replaces: int | None
    skipped: bool
    batch: int | None
    committed: bool
    #: why the file was refused
    error: NotRequired[str]
    code: NotRequired[str | None]


class BatchJson(TypedDict):
    """The record of one import in the history; older imports lack some parts."""

    mapping: list[MappedColumn] | None
    totals: list[TotalJson] | None
    problems: list[ProblemJson] | None
    not_data: Mapping[str, int] | None
    edits: list[HandChange] | None
    quality_parts: QualityJson | None
