"""Functions that databases spell differently: the one place that knows how."""

from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


class greatest(GenericFunction[Any]):  # noqa: N801  (written as the function it is)
    """The greatest of several values of a row; what it says of NULL differs, so give it none."""

    inherit_cache = True
    name = "greatest"


class least(GenericFunction[Any]):  # noqa: N801
    """The least of several values of a row; give it no NULL."""

    inherit_cache = True
    name = "least"


@compiles(greatest, "sqlite")
def _greatest(element: ColumnElement[Any], compiler: Any, **kw: Any) -> str:
    return f"max({compiler.process(element.clauses, **kw)})"


@compiles(least, "sqlite")
def _least(element: ColumnElement[Any], compiler: Any, **kw: Any) -> str:
    return f"min({compiler.process(element.clauses, **kw)})"
