"""resources/unlocks.toml: which columns unlock what (domain 16.1), read once for all who ask."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TypedDict

import tomli as tomllib


class FeatureEntry(TypedDict, total=False):
    """An entry `[features.x]`, as the head of the file explains it."""

    name: str
    kinds: Sequence[str]
    ways: Sequence[Sequence[str]]
    also: str
    measures: Sequence[str]
    only_with: str
    pages: Sequence[str]


class UnlocksFile(TypedDict):
    """The whole file."""

    minimum: Sequence[Sequence[str]]
    features: Mapping[str, FeatureEntry]


@cache
def unlocks_file() -> UnlocksFile:
    """The file as it is shipped."""
    body: UnlocksFile = tomllib.loads((files("resources") / "unlocks.toml").read_text("utf-8"))  # type: ignore[assignment]
    return body
