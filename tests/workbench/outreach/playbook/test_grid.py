"""The grid of a book: its two axes with how many texts stand in each place, or none where there are no two."""

from workbench.outreach.playbook.finding import Looking, matching
from workbench.outreach.playbook.grid import ScriptGrid, grid_of
from workbench.outreach.playbook.library import library

HELD = library()


def grid(book: str) -> ScriptGrid | None:
    return grid_of((one for one in HELD.scripts.values() if one.library == book), HELD)


def test_losses_are_chosen_by_emotion_and_situation() -> None:
    shown = grid("loss")
    assert shown is not None
    assert shown.rows == ("震惊", "愤怒", "焦虑", "后悔", "沉默")
    assert len(shown.columns) == 6
    for line in shown.cells:
        for cell in line:
            assert cell is not None
            assert cell.texts == len(matching(HELD.scripts.values(), HELD, Looking(book="loss", of=cell.of)))


def test_styles_stand_beside_scenes_and_the_neutral_one_is_a_row() -> None:
    shown = grid("disc")
    assert shown is not None
    assert shown.rows[-1] == "中性"
    assert "邀约" in shown.columns


def test_node_with_its_own_situations_has_no_columns() -> None:
    shown = grid("wecom")
    assert shown is not None
    assert shown.columns == ()
    assert shown.rows[0] == "加好友"
    assert next(cell.name for cell in shown.cells[0] if cell is not None) == "柜台办完业务"


def test_book_that_differs_by_nothing_has_no_grid() -> None:
    assert grid("greeting") is None
