"""Faults are counted completely, listed in part, and never show a secret."""

import re

import pytest

from workbench.intake.checking.problems import Problems, field_of_cell
from workbench.intake.checking.sentences import INFO, REFUSE, level_of, words


def test_a_long_repetition_is_cut_short_with_its_count() -> None:
    problems = Problems("清单", 2)
    for row in range(4, 9):
        problems.cell(row, "年龄", "bad_age", 200)
    problems.cell(9, "性别", "bad_gender", "x")
    listed = problems.listed()
    assert [(one.row, one.code) for one in listed] == [
        (None, "bad_age"),
        (4, "bad_age"),
        (5, "bad_age"),
        (9, "bad_gender"),
    ]
    assert "5" in listed[0].message
    assert problems.levels_count() == {"info": 0, "warning": 6, "refuse": 0}


def test_exactly_as_many_as_are_listed_need_no_summary() -> None:
    problems = Problems("清单", 2)
    for row in (4, 5):
        problems.cell(row, "年龄", "bad_age", 200)
    assert [one.row for one in problems.listed()] == [4, 5]


def test_faults_of_the_sheet_come_before_those_of_rows() -> None:
    problems = Problems("清单", 9)
    problems.cell(7, "年龄", "bad_age", 200)
    problems.sheet("total_mismatch", "不符", row=None)
    problems.cell(4, "年龄", "bad_age", 201)
    assert [one.row for one in problems.listed()] == [None, 4, 7]


def test_a_fault_of_a_column_counts_its_cells_and_names_the_first_rows() -> None:
    problems = Problems("清单", 9)
    problems.column("手机号", "masked_values", [4, 6, 8, 10])
    (fault,) = problems.listed()
    assert (fault.row, fault.column, fault.value) == (4, "手机号", None)
    assert problems.levels_count()["info"] == 4
    problems.column(None, "hidden_sheet", count=0)  # of no cell: it counts once
    assert problems.levels_count()["info"] == 5


def test_a_value_that_looks_like_a_secret_is_not_shown() -> None:
    problems = Problems("清单", 9, re.compile("密码"))
    problems.cell(4, "备注", "bad_age", "密码123456")
    problems.cell(5, "备注", "bad_age", "平常")
    assert [one.value for one in problems.listed()] == [None, "平常"]


@pytest.mark.parametrize(
    ("field", "text", "masked_as"),
    [
        ("aum_balance", "12.5", "aum_balance"), ("aum_balance", "张三欠款", None), ("phone", "13812341234", "phone"),
        ("phone", "找张三", None), ("name", "张三", "name"), (None, "张三", None), ("phone", None, "phone"),
    ],
)  # fmt: skip
def test_words_in_a_field_of_figures_are_closed_for_they_may_be_a_name(
    field: str | None, text: str | None, masked_as: str | None
) -> None:
    assert field_of_cell(field, text) == masked_as


def test_the_field_of_a_column_goes_with_its_fault() -> None:
    problems = Problems("清单", 9, fields={"手机": "phone"})
    problems.cell(4, "手机", "bad_phone", "123")
    problems.cell(5, "别的", "bad_phone", "123")
    assert [one.field for one in problems.listed()] == ["phone", None]


def test_every_code_has_one_level_and_a_sentence() -> None:
    assert not REFUSE & INFO
    assert {level_of("left_out"), level_of("old_id"), level_of("bad_age")} == {"refuse", "info", "warning"}
    assert all(words(code)[0] for code in (REFUSE | INFO) - _WORDED_ELSEWHERE)


#: codes whose sentence is made where the fault is found
_WORDED_ELSEWHERE = {"removed_lines", "not_recognised", "unit_suspect", "missing_field"}
