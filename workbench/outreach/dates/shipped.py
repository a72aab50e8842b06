"""The rows of the calendar that come with the program (resources/festivals.toml)."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import tomli as tomllib

from workbench.outreach.dates.calendar_row import STREAMS, CalendarRow


@cache
def shipped_rows() -> Mapping[str, CalendarRow]:
    """Code -> row, in the order of the file."""
    body = tomllib.loads((files("resources") / "festivals.toml").read_text("utf-8"))
    rows = {}
    for stream in STREAMS:
        for raw in body[stream]:
            row = CalendarRow.from_json(raw["code"], {**raw, "stream": stream})
            if row.code in rows:
                raise ValueError(row.code)
            rows[row.code] = replace(row, shipped=True)
    return MappingProxyType(rows)
