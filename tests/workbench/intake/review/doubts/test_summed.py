"""Rows of one customer that a person had added up once are added up the next month without a question."""

from typing import Any

from tests.workbench.intake.conftest import Make
from workbench.intake.room import Intake

HEADER = ["客户号", "客户姓名", "账号", "存款余额"]


def _rows(more: float) -> list[list[Any]]:
    return [
        ["0010000001", "甲", "6217001", 100.0], ["0010000001", "甲", "6217002", 200.0 + more],
        ["0010000002", "乙", "6217003", 50.0],
    ]  # fmt: skip


def test_the_choice_holds_for_the_next_month(intake: Intake, xlsx: Make) -> None:
    first = intake.read(xlsx([HEADER, *_rows(0)], "客户存款_20260930.xlsx"))
    sheet = first.report().sheets[0]
    assert sheet.questions == ()
    first.apply(sheet.sheet, "sum")
    assert [(one.code, bool(one.reason)) for one in first.report().sheets[0].questions] == [
        ("rows_added", True)
    ]
    first.commit()
    second = intake.read(xlsx([HEADER, *_rows(5)], "客户存款_20261031.xlsx"))
    (sheet,) = second.commit().sheets
    assert (sheet.refused, sheet.changed) == (0, 1)
    unlike = [HEADER, *_rows(9), ["0010000002", "丙", "6217004", 7.0]]
    assert intake.read(xlsx(unlike, "客户存款_20261130.xlsx")).report().sheets[0].refused > 0
