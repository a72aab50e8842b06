"""Whose row it is: two of id, row number and name must agree, and nobody is guessed."""

import pytest

from workbench.sheets.coming_back.faces import RowFace
from workbench.sheets.coming_back.matching import Shown, match

FACES = {
    1: RowFace(frozenset({"张**", "张三"}), "1234"),
    2: RowFace(frozenset({"李**"}), "5678"),
    3: RowFace(frozenset({"张**"}), "1234"),
    4: RowFace(frozenset(), "9999"),
    5: RowFace(frozenset({"红灯回访"}), of_plan=True),
}


@pytest.mark.parametrize(
    ("by_id", "by_number", "name", "tail", "row"),
    [
        (1, 1, "张**", "1234", 1), (1, 1, "张** 1234", "", 1), (1, 1, "张三", "", 1), (1, None, "", "", 1),
        (1, None, "张**", "", 1), (None, 2, "李** 5678", "", 2), (None, 2, "李**", "5678", 2), (None, 2, "李**", "", 2),
        # the id was left behind, or the number was: the name decides
        (1, 2, "李** 5678", "", 2), (2, 1, "李** 5678", "", 2),
        # a row whose customer is gone still has the tail of his number
        (4, 4, "王** 9999", "", 4), (5, 5, "改过的话", "", 5), (5, None, "", "", 5),
        # a number that the sheet does not have is said where its rows are known
        (None, 88, "张**", "1234", 88),
    ],
)  # fmt: skip
def test_a_row_is_known(by_id: int | None, by_number: int | None, name: str, tail: str, row: int) -> None:
    assert match(Shown(by_id, by_number, name, tail), FACES).row == row


@pytest.mark.parametrize(
    ("by_id", "by_number", "name", "tail", "code"),
    [
        (None, None, "张**", "1234", "no_identity"), (None, 1, "", "", "no_identity"), (1, 2, "", "", "rows_differ"),
        # two with one name and one tail
        (1, 3, "张** 1234", "", "rows_differ"),
        (1, 1, "李** 5678", "", "name_differs"), (None, 1, "李**", "5678", "name_differs"),
        (1, 1, "张**", "4321", "name_differs"), (4, 4, "王** 1111", "", "name_differs"), (None, 5, "别的事", "", "name_differs"),
    ],
)  # fmt: skip
def test_nobody_is_guessed(by_id: int | None, by_number: int | None, name: str, tail: str, code: str) -> None:
    answer = match(Shown(by_id, by_number, name, tail), FACES)
    assert (answer.row, answer.code) == (None, code)
    assert answer.fault
