"""What was only guessed to continue the value above, and figures merged over rows, stop the commit until confirmed."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.workbench.intake.conftest import Make
from workbench.base.errors import WorkbenchError
from workbench.intake.review.session import ImportSession
from workbench.intake.room import Intake

HEADER = ["管户经理", "客户号", "客户姓名", "AUM月日均"]
ROWS: list[list[Any]] = [
    [manager, f"00100000{n:02d}", f"张{'甲乙丙丁戊己'[n]}", 100.0 + n]
    for n, manager in enumerate(["王芳", "", "", "李雷", "", ""])
]


def _codes(session: ImportSession) -> list[str]:
    return [question.code for sheet in session.report().sheets for question in sheet.questions]


def _merged(path: Path, *areas: str) -> Path:
    book = openpyxl.load_workbook(path)
    for area in areas:
        book.active.merge_cells(area)
    book.save(path)
    return path


def test_labels_that_only_seem_to_hold_are_asked_once(intake: Intake, xlsx: Make) -> None:
    session = intake.read(xlsx([HEADER, *ROWS], "清单20260930.xlsx"))
    assert _codes(session) == ["labels_carried"]
    with pytest.raises(WorkbenchError, match="管户经理"):
        session.commit()
    session.confirm("客户清单", "labels_carried", "每组只写一次")
    assert session.commit().committed
    assert _codes(intake.read(xlsx([HEADER, *ROWS], "清单20261031.xlsx"))) == []


def test_labels_in_a_merged_area_ask_nothing(intake: Intake, xlsx: Make) -> None:
    path = _merged(xlsx([HEADER, *ROWS], "清单20261031.xlsx"), "A2:A4", "A5:A7")
    assert _codes(intake.read(path)) == []


def test_a_figure_merged_over_several_customers_is_asked(intake: Intake, xlsx: Make) -> None:
    path = _merged(xlsx([HEADER[1:], *(row[1:] for row in ROWS)], "清单20261031.xlsx"), "C2:C3")
    assert _codes(intake.read(path)) == ["merged_figures"]


def test_several_accounts_of_one_merged_customer_are_summed_by_choice_or_refused(
    intake: Intake, xlsx: Make
) -> None:
    rows: list[list[Any]] = [
        ["0010000001", "张甲", 5000.0, "6222000001", 100.5],
        ["", "", "", "6222000002", 201.0],
        ["0010000002", "张乙", 7000.0, "6222000003", 1.0],
    ]
    path = _merged(
        xlsx([["客户号", "客户姓名", "AUM月日均", "账号", "活期余额"], *rows], "清单20261031.xlsx"),
        "A2:A3", "B2:B3", "C2:C3",
    )  # fmt: skip
    session = intake.read(path)
    report = session.report().sheets[0]
    assert (report.rows, report.refused, report.questions) == (3, 2, ())
    assert [fix.key for fix in report.fixes] == ["sum"]
    with pytest.raises(WorkbenchError) as refused:
        session.commit()
    assert refused.value.code == "duplicate_customer"
    assert "--fix sum" in refused.value.hint
    session.apply("客户清单", "sum")
    taken = session.report().sheets[0]
    assert taken.refused == 0
    assert session.commit().committed
