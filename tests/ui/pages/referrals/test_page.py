"""转介 in the window: an asking noted and answered, a sheet with its clock, the tree walked by keys, a book without any."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from db.tables import referrals
from tests.ui.bot import Bot
from tests.ui.conftest import PASSPHRASE, TODAY, kept_book
from tests.workbench.outreach.made import put_customers
from ui.pages.referrals.ask_dialog import AskAnswerDialog, AskDialog
from ui.pages.referrals.chains_tab import ChainsTab
from ui.pages.referrals.moments_tab import MomentsTab
from ui.pages.referrals.new_dialog import NewReferralDialog
from ui.pages.referrals.page import ReferralsPage
from ui.pages.referrals.step_dialogs import ReferralFirstContactDialog
from ui.pages.referrals.tasks_tab import TasksTab
from ui.tasks import Tasks
from ui.widgets.tables import Table
from workbench.app import Workbench

Settle = Callable[[], None]


def number(of: int) -> str:
    return f"90000{of:07d}"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six customers of whom the assets alone are known."""

    def fill(workbench: Workbench, _folder: Path) -> None:
        put_customers(workbench.book, range(1, 7))

    return kept_book(tmp_path_factory.mktemp("referrals"), TODAY, fill)


@pytest.fixture
def workbench(kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)
    with Workbench.open(Path(shutil.copyfile(kept, tmp_path / "转介.book")), PASSPHRASE) as opened:
        yield opened


@pytest.fixture
def page(qtbot: Bot, workbench: Workbench, tasks: Tasks) -> ReferralsPage:
    made = ReferralsPage(workbench, tasks)
    qtbot.addWidget(made)
    tasks.wrote.connect(lambda _change, _words: made.refresh())
    made.resize(1198, 722)
    return made


@pytest.fixture
def settle(qtbot: Bot, page: ReferralsPage, tasks: Tasks) -> Settle:
    return lambda: qtbot.waitUntil(lambda: not tasks.busy and not page.reading)


def texts(table: Table, column: int) -> list[str]:
    return [str(table.table.index(n, column).data()) for n in range(table.table.rowCount())]


def introduce(workbench: Workbench, *lines: tuple[int, int]) -> None:
    """Who introduced whom, a day apart."""
    rows = [
        {"customer_id": giver, "date": f"2026-09-{day:02}", "referred_customer_no": number(person)}
        for day, (giver, person) in enumerate(lines, 1)
    ]
    with workbench.book.write("import", "referrals") as writer:
        writer.insert(referrals, rows)


def test_an_asking_is_noted_and_answered_and_becomes_a_sheet_with_its_clock(
    page: ReferralsPage, qtbot: Bot, tasks: Tasks, settle: Settle
) -> None:
    page.show()
    settle()
    moments, sheets = page.tab("moments"), page.tab("tasks")
    assert isinstance(moments, MomentsTab)
    assert isinstance(sheets, TasksTab)
    assert "现在没有人处在良机里" in moments.nothing.text()
    page.place(("moments", number(1)))
    assert isinstance(moments.dialog, AskDialog)
    qtbot.keyClick(moments.dialog, Qt.Key.Key_Return)
    settle()
    assert texts(moments.asks, 3) == ["还没回话"]
    assert not moments.named.isEnabled()
    moments.reply.click()
    assert isinstance(moments.dialog, AskAnswerDialog)
    moments.dialog.reply.take("gave")
    qtbot.keyClick(moments.dialog, Qt.Key.Key_Return)
    settle()
    assert texts(moments.asks, 3) == ["给了名字"]
    moments.named.click()
    dialog = moments.dialog
    assert isinstance(dialog, NewReferralDialog)
    dialog.name.setText("小李")
    dialog.agreed.take("yes")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not tasks.busy)
    assert "没有写本人是怎样同意的" in dialog.fault.text()
    dialog.agreed_way.setText("本人微信回复可以联系")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    settle()
    page.place("tasks")
    settle()
    assert [text[:2] for text in texts(sheets.table, 3)] == ["首触"]
    assert sheets.step.text().startswith("下一步:首触")
    sheets.contact.click()
    assert isinstance(sheets.dialog, ReferralFirstContactDialog)
    sheets.dialog.outcome.setText("约下周见面")
    qtbot.keyClick(sheets.dialog, Qt.Key.Key_Return)
    settle()
    assert [text[:2] for text in texts(sheets.table, 3)] == ["反馈"]
    assert (sheets.contact.isEnabled(), sheets.back.isEnabled(), sheets.meet.isEnabled()) == (
        False,
        True,
        True,
    )


def test_the_tree_is_walked_by_the_arrow_keys_and_a_circle_is_named_above_it(
    page: ReferralsPage, workbench: Workbench, qtbot: Bot, settle: Settle
) -> None:
    introduce(workbench, (1, 2), (1, 3), (2, 4), (3, 5), (5, 1))
    page.place("chains")
    page.show()
    settle()
    tab = page.tab("chains")
    assert isinstance(tab, ChainsTab)
    assert "循环转介" in tab.flagged.text()
    assert not tab.flagged.isHidden()
    view, of = tab.view, tab.view.chains
    walked = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Left):
        qtbot.keyClick(view, key)
        walked.append(of.persons[view.at].customer_no)
    assert walked == [number(one) for one in (2, 3, 5, 4, 2)]
    first = next(place for place in of.roots if of.sums[place].size)
    assert "在循环转介里" in view.words_of(first)
    assert getattr(tab.persons.current(), "place", None) == view.at, (
        "the list beside the tree stands where the tree does"
    )
    with qtbot.waitSignal(page.go) as went:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert went.args == ["portrait", number(2)]


def test_a_book_without_referrals_says_how_each_tab_is_filled(page: ReferralsPage, settle: Settle) -> None:
    page.show()
    for name, words in (
        ("tasks", "新建转介单"), ("chains", "导入转介清单"), ("funnel", "记一次开口"), ("rewards", "见了面"),
    ):  # fmt: skip
        page.place(name)
        settle()
        nothing = page.tab(name).nothing  # type: ignore[attr-defined]
        assert nothing.isVisibleTo(page)
        assert words in nothing.text()
    assert page.banner.isHidden()
