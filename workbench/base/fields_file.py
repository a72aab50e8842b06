"""resources/fields.toml, parsed once for everybody who reads a part of it."""

from functools import cache
from importlib.resources import files
from typing import Any

import tomli as tomllib


@cache
def fields_file() -> dict[str, Any]:
    """The file as it stands; not to be changed."""
    return tomllib.loads((files("resources") / "fields.toml").read_text("utf-8"))
