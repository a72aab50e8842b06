"""Months never checked are caught up with in the background, one job at a time."""

from tests.ui.conftest import Settle
from ui.earlier_checks import EarlierChecks
from ui.main_window import MainWindow
from workbench.base.change import Progress, silent


def test_what_shows_them_is_read_again_after_the_first_and_the_last(
    window: MainWindow, settle: Settle
) -> None:
    checked: list[str] = []
    room = window.workbench.outreach.outcomes

    def check(month: str, progress: Progress = silent) -> None:
        checked.append(month)

    room.check = check  # type: ignore[method-assign]
    earlier = EarlierChecks(window.pages["week"], lambda: checked.append("again"))
    earlier.begin(("2026-08", "2026-07", "2026-06"))
    earlier.begin(("2026-08", "2026-07", "2026-06"))
    settle()
    assert checked == ["2026-08", "again", "2026-07", "2026-06", "again"]
    earlier.begin(("2026-06",))
    settle()
    assert checked[-1] == "again", "what could not be checked is not tried for ever"
    assert len(checked) == 5
