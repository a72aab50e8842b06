"""A name that is proposed for a file is one file in the folder of choice, whatever a list, a customer or a sheet is called."""

from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.base.file_names import file_name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("531行动计划 2026-W47", "531行动计划 2026-W47.xlsx"), ("../../etc/passwd", "_.._etc_passwd.xlsx"),
        ("a\\b/c:d", "a_b_c_d.xlsx"), ("CON", "_CON.xlsx"), ("nul.txt", "_nul.txt.xlsx"), ("aux .x", "_aux .x.xlsx"),
        ("com1", "_com1.xlsx"), ("LPT¹", "_LPT¹.xlsx"), ("console", "console.xlsx"), ("名单. . ", "名单.xlsx"),
        (" .hidden", "hidden.xlsx"), ("~$a", "$a.xlsx"), ("", "_.xlsx"), ("..", "_.xlsx"),
        ("客户\u202excod.exe\n二", "客户xcod.exe 二.xlsx"), ("名单.xlsx", "名单.xlsx"), ("a?*|<>\"", "a______.xlsx"),
    ],
)  # fmt: skip
def test_words_as_a_name(words: str, name: str) -> None:
    assert file_name(words, ".xlsx") == name


@given(st.text(max_size=300))
def test_it_never_leaves_the_folder(words: str) -> None:
    name = file_name(words, ".xlsx")
    assert Path(name).name == name
    assert PureWindowsPath(name).name == name
    assert not PureWindowsPath(name).is_reserved()
    assert len(name.encode()) <= 255 - 8
    assert name == name.strip(" .")
