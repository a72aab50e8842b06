"""Cells of a form: what a person writes for the same value, and what is refused."""

import pytest

from workbench.sheets.coming_back.grid import ReturnedCell
from workbench.sheets.forms_back.form_cells import BadCell, cell_text, value_of


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("amount", "1.2万", 1_200_000),
        ("amount", "3,000.5", 300_050),
        ("whole", "12.0", 12),
        ("share", "5%", 0.05),
        ("share", "0.05", 0.05),
        ("flag", "√", True),
        ("flag", "否", False),
        ("choices", "财富;贵宾,财富", ("a", "b")),
        ("choice", "A", "a"),
        ("day", "2026-02-28", "2026-02-28"),
    ],
)
def test_values(kind: str, text: str, value: object) -> None:
    assert value_of(text, kind, {"a": "财富", "b": "贵宾"}) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("amount", "若干"),
        ("whole", "1.5"),
        ("share", "五成"),
        ("flag", "可能"),
        ("choice", "无"),
        ("day", "2026-02-30"),
    ],
)
def test_refused(kind: str, text: str) -> None:
    with pytest.raises(BadCell):
        value_of(text, kind, {"a": "财富"})


@pytest.mark.parametrize(
    ("cell", "text"), [(1234567.89, "1234567.89"), (5.0, "5"), (None, ""), (float("nan"), ""), (0.05, "0.05")]
)
def test_numbers_keep_their_places(cell: ReturnedCell, text: str) -> None:
    assert cell_text(cell) == text
