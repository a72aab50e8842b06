"""Every refusal of a file is a sentence with its name and something to do."""

from pathlib import Path

import pytest

from workbench.intake.reading.frames import TroubleFacts
from workbench.intake.reading.refusals import refusal


@pytest.mark.parametrize(
    "code",
    [
        "file_missing", "is_folder", "not_a_file", "in_use", "file_empty", "file_encrypted", "file_too_old",
        "not_a_spreadsheet", "no_sheet", "too_large", "too_slow", "memory", "reader_failed", "file_corrupt",
        "file_sealed", "lock_file", "unknown_encoding", "no_memory", "reader_crashed", "reader_killed",
        "name_too_long", "no_permission", "device_failed",
    ],
)  # fmt: skip
def test_every_code_names_the_file_and_says_what_to_do(code: str) -> None:
    facts: TroubleFacts = {
        "sheet": "清单",
        "names": ["甲", "乙"],
        "rows": 9,
        "columns": 7,
        "limit": 5,
        "seconds": 3,
    }
    error = refusal(Path("/somewhere/月报.xlsx"), code, facts)
    assert "月报.xlsx" in error.message
    assert error.hint
    assert "somewhere" not in error.sentence()


def test_a_code_that_nobody_foresaw_reads_as_a_damaged_file() -> None:
    assert refusal(Path("月报.xlsx"), "surprise", {}).code == "file_corrupt"


def test_too_little_memory_is_called_too_large() -> None:
    assert refusal(Path("月报.xlsx"), "memory", {"limit": 2000}).code == "too_large"


def test_each_fault_has_its_own_sentence_and_only_one_of_them_says_damaged() -> None:
    codes = (
        "file_missing", "no_permission", "in_use", "file_sealed", "file_encrypted", "not_a_spreadsheet", "lock_file",
        "unknown_encoding", "no_memory", "reader_crashed", "reader_killed", "reader_failed", "file_corrupt",
    )  # fmt: skip
    sentences = {refusal(Path("月报.xlsx"), code, {}).sentence() for code in codes}
    assert len(sentences) == len(codes)
    assert sum("损坏" in sentence for sentence in sentences) == 1
    assert "Big5" in refusal(Path("月报.csv"), "unknown_encoding", {"what": "Big5"}).message


def test_a_missing_sheet_is_answered_with_those_that_there_are() -> None:
    error = refusal(Path("月报.xlsx"), "no_sheet", {"sheet": "清单", "names": ["甲表", "乙表"]})
    assert all(name in error.sentence() for name in ("清单", "甲表", "乙表"))


def test_a_long_name_is_cut_in_the_sentence() -> None:
    message = refusal(Path("长" * 200 + ".xlsx"), "file_missing", {}).message
    assert "长" * 80 + "…" in message
    assert "长" * 81 not in message
