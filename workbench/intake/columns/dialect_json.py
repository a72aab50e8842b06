"""A dialect as JSON, in the book and in a file."""

from typing import NotRequired, TypedDict

from workbench.intake.report import Kind


class PlainChoice(TypedDict, total=False):
    """A `HeadingChoice` as JSON; only what differs from an empty one."""

    field: str
    unit: str
    ignored: bool
    custom: str


class PlainDialect(TypedDict):
    """A `Dialect` as JSON; `answered` stays in the book, `given_up` is its old form."""

    name: str
    kind: Kind
    headings: list[str]
    columns: dict[str, PlainChoice]
    unit: str
    header_row: int | None
    header_depth: int
    header_names: list[str]
    date_from: str
    totals: bool
    kind_chosen: bool
    answered: NotRequired[dict[str, list[str]]]
    given_up: NotRequired[list[str]]
