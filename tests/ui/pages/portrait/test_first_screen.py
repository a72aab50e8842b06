"""What is seen of a customer at 1366x768 without scrolling: who, telephone, why now, the journey, the next step, and what is
forbidden (issue 15); of a customer of a poor list as much as of one of whom everything is known."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from sqlalchemy import func, select

from db.record import audit
from db.year import drafts
from tests.ui.bot import Bot, at_rest, delivered
from tests.ui.conftest import PASSPHRASE, TODAY, kept_book
from tests.workbench.conftest import SmallBook
from ui.app import Program
from ui.main_window import MainWindow
from ui.pages.portrait.page import PortraitPage
from ui.pages.portrait.unseen_bar import UnseenDialog
from ui.widgets.sources import Figure
from workbench.app import Workbench
from workbench.base.i18n import use_language

#: on the list of the poor book: with the columns that bank lists have, and with none at all
POOR, BARE = "0000000007", "0000000042"
Opened = Callable[[Path, str], PortraitPage]


def _poor(workbench: Workbench, _folder: Path) -> None:
    small = SmallBook(workbench.book)
    small.customer(
        POOR, name="张海川", gender="女", occupation="企业职员", branch="支行0441", bank_level="白金",
        open_date="2014-01-14", name_pinyin="zhanghaichuan", name_initials="zhc",
    )  # fmt: skip
    falls = [1_850_000, 1_860_000, 1_870_000, 1_900_000, 1_880_000, 1_870_000, 290_000]
    small.months(
        POOR,
        {"aum_balance": falls, "aum_daily_average": [*falls[:-1], 1_100_000], "inflow": [3_000] * 7},
        age=71,
        last_txn_date="2026-10-03",
    )
    small.customer(BARE, name="冼月")
    workbench.insight.check()


@pytest.fixture(scope="module")
def poor_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return kept_book(tmp_path_factory.mktemp("poor"), TODAY, _poor)


@pytest.fixture(params=["zh", pytest.param("en", marks=pytest.mark.long)])
def opened(
    request: pytest.FixtureRequest,
    qtbot: Bot,
    start: Callable[[Path], Program],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Opened]:
    """Open the portrait of a customer of a book in the window of a branch's screen."""

    def shown(path: Path, number: str) -> PortraitPage:
        monkeypatch.setenv("WORKBENCH_TODAY", TODAY)
        program = start(path)
        program.pc.language = request.param
        use_language(request.param)
        program.enter(Workbench.open(path, PASSPHRASE))
        window = program.window
        assert window is not None
        qtbot.waitExposed(window)
        window.resize(1366, 768)
        number = number or window.workbench.insight.ranking(limit=1)[0].customer_no
        page = window.open_page("portrait", number)
        assert isinstance(page, PortraitPage)
        qtbot.waitUntil(lambda: page.portrait is not None)
        delivered()
        qtbot.waitUntil(lambda: not program.tasks.busy and at_rest(page))
        delivered()
        assert (window.width(), window.height()) == (1366, 768)
        return page

    yield shown
    use_language("zh")


def hidden(page: PortraitPage) -> list[str]:
    """What the first screen must show and does not, whole and within what is seen of the page."""
    view = page.content.viewport()
    seen = QRect(view.mapTo(page.window(), QPoint(0, 0)), view.size())
    first = page.first
    required: list[QWidget] = [
        page.phone.words,
        page.chips,
        first.unseen,
        first.why_now,
        first.stage,
        first.todo,
        first.unsaid,
    ]
    out = [
        one.__class__.__name__ for one in required if not seen.contains(_place(one)) or not one.isVisible()
    ]
    if not all(page.window().rect().contains(_place(one)) for one in (page.title, page.hint)):
        out.append("head")
    out += [
        f"cut off: {words.text()}"
        for card in required[2:]
        for words in card.findChildren(QLabel)
        if words.isVisible() and words.text() and not _whole(words)
    ]
    return out


def _place(one: QWidget) -> QRect:
    return QRect(one.mapTo(one.window(), QPoint(0, 0)), one.size())


def _whole(words: QLabel) -> bool:
    """Whether a label has the height that its text needs at its width."""
    needed = words.heightForWidth(words.width()) if words.wordWrap() else words.sizeHint().height()
    return words.height() >= needed


def text(part: QWidget) -> str:
    return "\n".join(one.text() for one in part.findChildren(QLabel) if not one.isHidden())


def test_the_first_screen_of_whoever_is_worst_off_shows_what_a_call_needs(path: Path, opened: Opened) -> None:
    page = opened(path, "")
    assert hidden(page) == []
    portrait = page.portrait
    assert portrait is not None
    assert portrait.stage is not None
    entry = page.workbench.outreach.weeks.of().find(portrait.customer_id)
    assert entry is not None
    assert entry.first.word in text(page.first.why_now)
    assert portrait.tier_name in [one.split(" ")[0] for one in text(page.chips).split("\n")]
    assert "****" in page.phone.words.text()
    assert portrait.stage.name in text(page.first.stage)
    assert portrait.stage.exit in text(page.first.stage)
    assert portrait.stage.due[0].name in text(page.first.stage)
    assert portrait.next_actions[0].title in text(page.first.todo)
    assert portrait.next_actions[0].how in text(page.first.todo)
    assert all(limit.text in text(page.first.unsaid) for limit in portrait.do_not_say)


def test_a_customer_of_a_poor_list_has_a_dense_first_screen_that_names_the_missing_columns(
    qtbot: Bot, poor_book: Path, opened: Opened, request: pytest.FixtureRequest
) -> None:
    page = opened(poor_book, POOR)

    def turn(number: str) -> None:
        window = page.window()
        assert isinstance(window, MainWindow)
        window.open_page("portrait", number)
        qtbot.waitUntil(lambda: page.portrait is not None and not window.tasks.busy and at_rest(page))
        delivered()

    assert hidden(page) == []
    portrait = page.portrait
    assert portrait is not None
    assert portrait.risk is not None
    assert len(portrait.risk.cannot_tell) >= 4
    chinese = request.node.callspec.params["opened"] == "zh"
    every = text(page.content).split("\n")
    if chinese:
        blind = [one for one in every if "看不到" in one or "无法判断:" in one]
        assert len(blind) == 1, "one line with the columns, on the whole page"
        assert blind[0].startswith("看不到 6 项信号、13 项交易行为、")
        assert blind[0].endswith("列就有;持有与到期:导入产品持有表或到期表就有")
    page.first.unseen.every.click()
    listed = page.trail.dialog
    assert isinstance(listed, UnseenDialog)
    assert listed.table.table.rowCount() == len(portrait.untold)
    listed.close()
    assert not page.phone.copy.isVisible()
    assert not page.below.holdings.isVisible(), "no page of dashes"

    # of a customer on no list, every part says what would unlock it
    turn(BARE)
    assert hidden(page) == []
    assert page.portrait is not None
    assert page.portrait.month is None
    if chinese:
        assert page.phone.words.text() == "没有电话:名单缺「手机号」"
        assert "缺「月日均」或「金融资产」" in text(page.chips)
        assert "缺「月日均」或「金融资产」" in text(page.first.stage)
        assert "不承诺收益" in text(page.first.unsaid)
        assert "暂时没有需要立即办的事" not in text(page.first.todo), "what is unknown is not calm"
    assert not any(one.isVisible() for one in (page.below.signals, page.below.level, page.below.gene))


def test_why_now_is_the_weeks_first_reason_or_else_the_first_next_action_and_drafts_no_plan(
    qtbot: Bot, window: MainWindow, settle: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    workbench = window.workbench
    entries = workbench.outreach.weeks.of().entries
    listed = {one.person.customer_id for one in entries}
    ranking = workbench.insight.ranking()
    outside = next(
        one for one in ranking
        if one.customer_id not in listed and workbench.insight.portrait(one.customer_no).next_actions
    )  # fmt: skip
    page = window.open_page("portrait", outside.customer_no)
    assert isinstance(page, PortraitPage)
    settle()
    assert page.first.why_now.note.text() == "不在本周名单"
    assert page.portrait is not None
    first = page.portrait.next_actions[0]
    # what is drawn follows what was read a moment later
    qtbot.waitUntil(lambda: f"{first.title} · {first.due[5:]} 前" in text(page.first.why_now))

    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-23")  # a week without a plan
    before = _writes(workbench)
    window.open_page("portrait", entries[0].person.customer_no)
    settle()
    assert page.first.why_now.note.text() == "不在本周名单"
    assert _writes(workbench) == before


def _writes(workbench: Workbench) -> int:
    with workbench.book.read() as conn:
        return int(conn.execute(select(func.count()).select_from(audit)).scalar_one())


def test_t_shows_the_telephone_once_it_is_registered_and_another_customer_masks_it_again(
    qtbot: Bot, window: MainWindow, settle: Callable[[], None]
) -> None:
    first, second = window.workbench.insight.ranking(limit=2)
    page = window.open_page("portrait", first.customer_no)
    assert isinstance(page, PortraitPage)
    settle()
    phone = window.workbench.insight.to_dial(first.customer_no)
    assert phone not in page.phone.words.text()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(page, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: phone in page.phone.words.text())
    with window.workbench.book.read() as conn:
        (entry,) = conn.execute(select(audit).where(audit.c.action == "unmask")).all()
    assert "画像:打电话" in str(tuple(entry))
    window.open_page("portrait", second.customer_no)
    settle()
    window.open_page("portrait", first.customer_no)
    settle()
    assert phone not in page.phone.words.text()


def test_tab_goes_the_way_of_the_eye_and_reaches_every_part(
    qtbot: Bot, window: MainWindow, settle: Callable[[], None]
) -> None:
    window.resize(1366, 768)
    worst = window.workbench.insight.ranking(limit=1)[0]
    page = window.open_page("portrait", worst.customer_no)
    assert isinstance(page, PortraitPage)
    settle()
    qtbot.waitUntil(lambda: at_rest(page))
    page.phone.show_button.setFocus()
    reached: list[QWidget] = []
    while (one := QApplication.focusWidget()) is not None and one not in reached and page.isAncestorOf(one):
        reached.append(one)
        qtbot.keyClick(one, Qt.Key.Key_Tab)
    parts = [next(n for n, part in enumerate(page.parts) if part.isAncestorOf(one)) for one in reached]
    assert parts == sorted(parts)
    assert set(parts) == set(range(len(page.parts)))
    first = page.first
    cards = [first.why_now, first.stage, first.todo, first.say, first.unsaid, first.unseen]
    of_first = [next(n for n, card in enumerate(cards) if card.isAncestorOf(one))
                for one in reached if page.first.isAncestorOf(one)]  # fmt: skip
    assert of_first == sorted(of_first)
    assert set(of_first) >= {0, 1, 2, 3, 4}
    assert any(isinstance(one, Figure) for one in reached)
    assert page.below.facts.unmask_button in reached
    assert isinstance(page.primary, QPushButton)


def test_w_copies_the_words_that_the_day_list_says_and_logs_them(
    qtbot: Bot, window: MainWindow, settle: Callable[[], None]
) -> None:
    """One key from the portrait to the right words, two to all of them (issue 18)."""
    day = window.workbench.outreach.days.of()
    line = next(one for one in day.lines if one.script)
    page = window.open_page("portrait", line.entry.person.customer_no)
    assert isinstance(page, PortraitPage)
    settle()
    assert line.say in page.first.say.line.text.text()
    qtbot.waitUntil(window.isActiveWindow)
    QApplication.clipboard().clear()
    qtbot.keyClick(page, Qt.Key.Key_W)
    qtbot.waitUntil(lambda: QApplication.clipboard().text().endswith(line.say[-12:]))
    settle()
    with window.workbench.book.read() as conn:
        row = conn.execute(select(drafts).order_by(drafts.c.id.desc())).first()
    assert row is not None
    assert (row.customer_id, row.script) == (line.entry.person.customer_id, line.script)
