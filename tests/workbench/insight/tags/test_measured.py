"""A person's own field is a word like any other: a condition reads what the lists told in its column."""

import json

import pytest

from db.record import custom_fields
from tests.workbench.conftest import AS_OF, SmallBook


@pytest.mark.parametrize(
    ("kind", "cell", "asked", "holds"),
    [
        ("text", "茶", "own_f = '茶'", 1), ("number", "12.5", "own_f > 12", 1), ("count", "2", "own_f = 2", 1),
        ("money", "5000.5", "own_f = 5000.5", 1), ("flag", "是", "own_f", 1), ("flag", "否", "own_f", 0),
        ("date", "2020-02-29", "own_f < 2021-01-01", 1), ("number", None, "own_f is missing", 1),
        ("number", "12万左右", "own_f is missing", 1), ("money", "无", "own_f is missing", 1),
        ("money", "-5000.5", "own_f < 0", 1), ("count", "两个", "own_f is missing", 1), ("date", "下月初", "own_f is missing", 1),
    ],
)  # fmt: skip
def test_an_own_field_is_read_as_its_kind(
    small: SmallBook, monkeypatch: pytest.MonkeyPatch, kind: str, cell: str | None, asked: str, holds: int
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", AS_OF)
    cells = {} if cell is None else {"自己的": cell}
    small.customer("1", extra=json.dumps(cells, ensure_ascii=False))
    small.flat("1")
    with small.book.write("fields", "own") as writer:
        writer.insert(custom_fields, [{"key": "f", "label": "自己的", "kind": kind, "headings": "[]"}])
    assert small.insight.picking.count(asked).count == holds
