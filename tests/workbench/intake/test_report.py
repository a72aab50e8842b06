"""The document that `--json` prints of a sheet: its keys are a contract."""

import json
from dataclasses import fields

from workbench.base.errors import RowProblem
from workbench.intake.documents import SheetJson
from workbench.intake.report import (
    Candidate,
    ColumnMatch,
    CommitQuestion,
    ControlTotal,
    CustomerMovement,
    FieldChange,
    FileReport,
    Fix,
    Gap,
    Quality,
    SheetReport,
    fed,
)

REPORT = SheetReport(
    "月报.xlsx", "清单", "customers", 3, "2026-10-31", "元", 5, new=3, refused=1, not_data={"title": 2},
    problems=(RowProblem("清单", 4, "年龄", "bad_age", "年龄不对", "200"),),
    totals=(ControlTotal("余额", 10.0, 9.0, False),),
    mapping=(
        ColumnMatch(0, "客户号", "customer_no", "exact", letter="A"),
        ColumnMatch(1, "积分", None, "chosen", 99.96, "万元", letter="B", custom="custom.积分"),
    ),
    changes=(FieldChange("1", "甲", "aum_balance", "1.00", "2.00"),),
    movements=(CustomerMovement("1", "甲", "new", "opened", "开户"),), fixes=(Fix("zeros", "补零", 2),),
    gaps=(Gap("phone", "手机号", "联系", False),),
    candidates=(Candidate(7, "林* 138****1234", "0001", "林芳英", ("手机号相同",), 0.9, True),),
    questions=(CommitQuestion("清单", "data_guard", "变动过大"),), quality=Quality(88.0, 1, 1, 1, None, 0.5),
)  # fmt: skip


def test_the_document_of_a_sheet_has_exactly_its_keys_and_is_json() -> None:
    body = REPORT.as_json()
    assert set(body) == set(SheetJson.__required_keys__) == set(SheetJson.__annotations__) - {"error", "code"}
    assert json.loads(json.dumps(body, ensure_ascii=False))["not_data"] == {"title": 2}


def test_changes_are_for_the_screen_only() -> None:
    assert "changes" in {field.name for field in fields(SheetReport)}
    assert "changes" not in REPORT.as_json()


def test_a_candidate_is_printed_with_what_the_row_has_of_the_person() -> None:
    assert REPORT.as_json()["candidates"] == [
        {
            "row": 7, "said": "林* 138****1234", "customer_no": "0001", "name": "林芳英",
            "evidence": ("手机号相同",), "score": 0.9, "confirmed": True,
        }
    ]  # fmt: skip


def test_a_column_is_printed_with_its_letter_unit_and_rounded_score() -> None:
    first, second = REPORT.as_json()["mapping"]
    assert first == {
        "column": "客户号", "field": "customer_no", "how": "exact", "score": 100.0, "letter": "A", "unit": "元",
        "custom": None,
    }  # fmt: skip
    assert (second["score"], second["unit"], second["custom"]) == (100.0, "万元", "custom.积分")


def test_quality_prints_an_unknown_part_as_null() -> None:
    assert REPORT.as_json()["quality"] == {
        "score": 88.0, "completeness": 1, "validity": 1, "uniqueness": 1, "continuity": None, "timeliness": 0.5,
    }  # fmt: skip
    assert SheetReport("a", "b", "none", None, None, "元", 0).as_json()["quality"] is None


def test_the_field_of_a_heading_is_that_of_the_catalogue_or_of_the_book() -> None:
    assert fed([*REPORT.mapping, ColumnMatch(2, "备注三", None, "unknown")]) == {
        "客户号": "customer_no", "积分": "custom.积分",
    }  # fmt: skip


def test_a_file_is_committed_when_one_of_its_sheets_is() -> None:
    written = SheetReport("a", "b", "customers", 1, "2026-10-31", "元", 1, committed=True)
    assert FileReport("a", (REPORT, written)).committed
    assert not FileReport("a", (REPORT,)).committed
    assert not FileReport("a", error="读不出来").committed
