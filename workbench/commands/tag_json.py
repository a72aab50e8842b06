"""The JSON documents of tags that the command line prints."""

from collections.abc import Mapping
from typing import TypedDict

from db.values import Json
from workbench.insight.tags.checks import State


class TagJson(TypedDict):
    """A tag of the library."""

    code: str
    column: str
    name: str
    label: str
    group: str
    group_name: str
    layer: int
    element: str
    kind: str
    values: dict[str, str]
    definition: str
    principle: str
    rule: str
    cases: list[list[str]]
    eligible: str
    missing: str
    valid_days: int | None
    sensitivity: str
    pipl: bool
    use: list[str]
    mark: str
    version: int
    status: str
    by: str
    origin: str
    file: str
    line: int


class TagLineJson(TypedDict):
    """A value of a tag and when it holds."""

    value: str
    text: str
    words: str


class TagInputJson(TypedDict):
    """A term that a tag is computed from."""

    name: str
    label: str
    layer: int


class TagCheckJson(TypedDict):
    """One check of a tag's health."""

    code: str
    state: State
    value: float | None
    reason: str


class TagHealthJson(TypedDict):
    """The health of a tag: customers it applies to (`eligible`), has a value for (`told`) or not, and its checks."""

    code: str
    state: State
    eligible: int
    told: int
    unknown: int
    values: Mapping[str, int]
    checks: list[TagCheckJson]


class TagCardJson(TagJson):
    """A tag with its rule in words, parameters, lineage, faults and health."""

    words: list[TagLineJson]
    params: list[dict[str, Json]]
    inputs: list[TagInputJson]
    rests_on: list[str]
    used_by: list[str]
    faults: list[dict[str, Json]]
    health: TagHealthJson | None
