"""How the values of a list read in words."""

from typing import Any

import pytest

from workbench.base.terms import Kind, Term
from workbench.insight.picking.facts import SavedList, shown


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("money", 1_234_567, "12,345.67"),
        ("money", 0, "0.00"),
        ("flag", 1, "是"),
        ("flag", 0, "否"),
        ("enum", "L2", "潜力"),
        ("enum", "L9", "L9"),
        ("ratio", 0.1234, "12.3%"),
        ("number", 3.50, "3.5"),
        ("number", 3.0, "3"),
        ("date", "2026-10-31", "2026-10-31"),
        ("text", "教师", "教师"),
        *(
            (kind, None, "—")
            for kind in ("money", "flag", "enum", "ratio", "number", "date", "text", "count")
        ),
    ],
)
def test_a_value_reads_by_its_kind(kind: Kind, value: Any, words: str) -> None:
    term = Term("x", "某", kind, values=(("L2", "潜力"),) if kind == "enum" else ())
    assert shown(term, value) == words


def test_a_count_carries_its_unit() -> None:
    assert shown(Term("x", "某", "count", unit="天"), 30).replace(" ", "") == "30天"
    assert shown(Term("x", "某", "count"), 30) == "30"


def test_a_list_is_handed_on_without_its_condition_which_may_name_a_person() -> None:
    saved = SavedList(
        1, "L20261105-01", "名单", "rule", "name = '张三'", "marketing", "营销", "李敏", "2026-11-05 09:00:00", None,
        "2027-02-03", None, False,
    )  # fmt: skip
    assert "张三" not in repr(saved.as_json())
    assert saved.as_json()["number"] == "L20261105-01"
