"""What every table of the product has, looked up in the source: a name, values to sort amounts by, a key."""

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

UI = Path(__file__).parents[3] / "ui"
_TABLES = ("Table", "WholeTable")


@cache
def built() -> tuple[tuple[str, str, ast.Call, str], ...]:
    """(name, file and line, call, its source) of every table and column."""
    return tuple(
        (
            node.func.id,
            f"{path.relative_to(UI)}:{node.lineno}",
            node,
            ast.get_source_segment(source, node) or "",
        )
        for path in sorted(UI.rglob("*.py"))
        if "Table(" in (source := path.read_text("utf-8")) or "Column(" in source
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("Column", "TouchList", "CellTable", "FigureTable", *_TABLES)
    )


def calls(*names: str) -> Iterator[tuple[str, ast.Call, str]]:
    """Those of these names."""
    return ((place, call, source) for name, place, call, source in built() if name in names)


def given(call: ast.Call) -> set[str]:
    return {str(one.arg) for one in call.keywords}


def test_every_table_with_heads_has_a_name_of_its_own() -> None:
    nameless = [
        place
        for place, call, _source in calls(*_TABLES)
        if not given(call) & {"name", "heads"} and "horizontalHeader().hide" not in _beside(place)
    ]
    assert nameless == []
    names = Counter(
        one.value.value
        for _place, call, _source in calls(*_TABLES, "FigureTable", "TouchList", "CellTable")
        for one in call.keywords
        if one.arg == "name" and isinstance(one.value, ast.Constant)
    )
    assert [name for name, times in names.items() if times > 1] == []


def _beside(place: str) -> str:
    """The lines after a call, where its heads may be hidden."""
    name, line = place.split(":")
    return "\n".join((UI / name).read_text("utf-8").splitlines()[int(line) : int(line) + 12])


def test_an_amount_is_sorted_by_its_value_and_not_by_its_words() -> None:
    by_words = [
        place
        for place, call, source in calls("Column")
        if "number" in given(call) and "wan(" in source and not given(call) & {"fen", "value"}
    ]
    assert by_words == []


def test_the_column_that_names_a_customer_is_a_key() -> None:
    cut = [
        place
        for place, call, source in calls("Column")
        if ("who(" in source or "number_tail(" in source) and "key" not in given(call)
    ]
    assert cut == []
