"""A secret (JR/T 0171-2020) is dropped wherever it stands, and the warning does not repeat it."""

import pytest

from tests.workbench.intake.by_hand import look
from workbench.intake.checking.secret_cells import is_secret, without_secret
from workbench.rules.parameters import Rules

HEAD = ["客户号", "姓名", "存款余额", "备注", "随便"]
SECRET = "密码123456"


def test_a_secret_is_dropped_from_a_field_of_text_and_from_a_kept_column() -> None:
    sheet = look(HEAD, [["0000000001", "甲", 1.0, SECRET, "平常"], ["0000000002", "乙", 1.0, "平常", SECRET]])
    assert sheet.column("note") == [None, "平常"]
    assert list(sheet.checked.extra) == ['{"随便": "平常"}', None]
    assert [(one.row, one.column, one.value) for one in sheet.problems("secret_cell")] == [
        (2, "备注", None), (3, "随便", None),
    ]  # fmt: skip
    assert SECRET not in repr(sheet.checked.problems.listed())


def test_a_secret_in_a_field_of_figures_is_not_kept_beside_it() -> None:
    sheet = look(HEAD, [["0000000001", "甲", SECRET, "", ""]])
    assert sheet.column("deposit_balance") == [None]
    assert SECRET not in repr(sheet.checked.extra)


def test_it_is_known_by_its_column_and_text() -> None:
    secrets = {3: frozenset({SECRET})}
    assert is_secret(secrets, 3, f" {SECRET} ")
    assert not is_secret(secrets, 4, SECRET)
    assert not is_secret(secrets, 3, "平常")
    assert not is_secret(secrets, 3, 1.0)


@pytest.mark.parametrize(("text", "shown"), [(SECRET, ""), ("平常", "平常"), ("", "")])
def test_it_is_not_shown_even_before_the_sheet_was_checked(rules: Rules, text: str, shown: str) -> None:
    assert without_secret(text, rules) == shown
