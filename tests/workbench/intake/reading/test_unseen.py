"""What nobody sees is dropped from every cell and name, whatever it stands in; all else stays as it is."""

from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from workbench.intake.reading.reader import read_file
from workbench.intake.reading.unseen import cleaned, visible

UNSEEN = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202d\u202c\u2060\u2066\u2069\ufeff\u00ad\u061c\u180e\x00\x1f\x7f"
)
SEEN = st.text(
    st.characters(categories=("L", "N", "P", "Zs"), exclude_characters='="' + "\u115f\u1160\u3164\uffa0")
)


@given(st.lists(st.tuples(SEEN, st.text(UNSEEN)), max_size=5))
def test_what_nobody_sees_is_dropped_and_nothing_else(parts: list[tuple[str, str]]) -> None:
    text = "".join(seen + unseen for seen, unseen in parts)
    assert visible(text) == "".join(seen for seen, _unseen in parts)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('="0010000001"', "0010000001"), (' ="007" ', "007"), ('="a ""b"""', 'a "b"'), ('=""', ""),
        ('="1"&"2"', '="1"&"2"'), ("=1+1", "=1+1"), ('="\u200b007"', "007"), ("两行\n字\t", "两行\n字\t"),
    ],
)  # fmt: skip
def test_a_guard_is_taken_off_a_whole_text_only(cell: str, text: str) -> None:
    assert visible(cell) == text


def test_columns_in_which_nothing_is_hidden_stay_the_same_object() -> None:
    plain, mixed, hidden = ("张伟", "李“思”远…"), ("a", 1.5, True, ""), (1.0, "00\u200b7", True, "")
    columns = cleaned([plain, mixed, hidden])
    assert columns[0] is plain
    assert columns[1] is mixed
    assert columns[2] == (1.0, "007", True, "")


def test_a_long_text_that_thousands_of_cells_share_is_looked_at_once() -> None:
    long = "x" * 32_000
    cells = (*["a"] * 100, *[long] * 200_000)  # joined: 6 GB
    assert cleaned([cells])[0] is cells
    (column,) = cleaned([(*cells, "1\u200b2")])
    assert column[-1] == "12"
    assert column[-2] is long


def test_sheets_and_cells_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name in ("清单\u200b", "清单"):
            sheet = book.add_worksheet(name)
            for column, text in enumerate(["客户\u200b号", "\u202d138\u202c", '="007"']):
                sheet.write_string(0, column, text)
    sheets = read_file(path).sheets
    assert [one.name for one in sheets] == ["清单", "清单(2)"]
    assert [one.row(0) for one in sheets] == [["客户号", "138", "007"]] * 2
