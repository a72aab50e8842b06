"""Where a figure came from: masked until a reason is given, earlier values under the one chosen."""

import pytest
from PySide6.QtCore import Qt

from tests.ui.bot import Bot
from ui.widgets.sources import Figure, SourceDialog, source_words
from workbench.base.sensitivity import OPEN, Sensitivity
from workbench.insight.portrait.provenance import EarlierValue, FigureSource
from workbench.people.source_row import SourceRow

PHONE = Sensitivity("C2", "phone", "phone", "phone", "phone")
MONEY = FigureSource(
    "snapshots", 1, "2026-10", "aum_balance", "金融资产余额", 182_400_000, "import", "名单_202610.xlsx", "客户清单", 3,
    "金融资产余额", "D3", "2026-10-31", 5, "2026-11-02 09:00:00", masks=OPEN,
    earlier=(EarlierValue(180_000_000, "名单_旧.xlsx", "客户清单", 9, "2026-10-31", 4, "2026-11-01 09:00:00"),),
)  # fmt: skip
NUMBER = FigureSource(
    "customers", 1, None, "phone", "手机号", "13812340001", "edit", "名单_202610.xlsx", "客户清单", 3, "手机号", "C3",
    "2026-10-31", 5, "2026-11-02 09:00:00", masks=PHONE,
)  # fmt: skip
BY_HAND = FigureSource("touches", 7, None, "result", "联系结果", "reached", "hand", row=None)


@pytest.fixture
def dialog(qtbot: Bot) -> SourceDialog:
    made = SourceDialog("来源", [MONEY, NUMBER, BY_HAND])
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    return made


def line(dialog: SourceDialog, number: int) -> list[str]:
    model = dialog.table.table
    return [str(model.index(number, at).data()) for at in range(model.columnCount())]


def test_a_figure_says_its_month_value_file_cell_heading_date_and_import(dialog: SourceDialog) -> None:
    assert line(dialog, 0) == [
        "2026-10", "金融资产余额", "1,824,000.00", "名单_202610.xlsx · 客户清单", "D3", "金融资产余额", "2026-10-31",
        "#5 2026-11-02",
    ]  # fmt: skip


def test_who_a_person_is_stays_masked_until_a_reason_is_given(qtbot: Bot, dialog: SourceDialog) -> None:
    assert line(dialog, 1)[2] == "138****0001"
    assert line(dialog, 1)[4] == "C3 改过"
    plain = SourceDialog("来源", [NUMBER], unmasked=True)
    plain.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(plain)
    assert line(plain, 0)[2] == "13812340001"


def test_what_came_from_no_list_says_so(dialog: SourceDialog) -> None:
    assert line(dialog, 2)[3:] == ["手工记录", "—", "—", "—", "—"]


def test_earlier_values_stand_below_the_figure_chosen(dialog: SourceDialog) -> None:
    model = dialog.earlier.table
    assert [str(model.index(0, at).data()) for at in range(4)] == [
        "1,800,000.00", "名单_旧.xlsx · 客户清单 · 第 9 行", "2026-10-31", "#4 2026-11-01",
    ]  # fmt: skip
    dialog.table.setCurrentIndex(dialog.table.table.index(1, 0))
    assert model.rowCount() == 0
    assert not dialog.earlier.isVisible()
    assert dialog.earlier_words.text() == "没有被改过。"


def test_a_figure_without_a_source_is_explained(qtbot: Bot) -> None:
    made = SourceDialog("来源", [])
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    assert "没有来源记录" in made.words.text()
    assert not made.earlier_words.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_figure_is_opened_by_click_and_by_key(qtbot: Bot, key: Qt.Key) -> None:
    made, opened = Figure("182.4万", "1,824,000.00 元"), []
    made.activated.connect(lambda: opened.append(1))
    qtbot.addWidget(made)
    made.show()
    qtbot.keyClick(made, key)
    qtbot.mouseClick(made, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(made, Qt.MouseButton.RightButton)
    qtbot.keyClick(made, Qt.Key.Key_A)
    assert opened == [1, 1]
    assert made.focusPolicy() == Qt.FocusPolicy.TabFocus
    assert "1,824,000.00 元" in made.toolTip()


def test_a_row_of_a_list_is_named_as_excel_counts_it() -> None:
    assert source_words(SourceRow("名单.xlsx", "Sheet1", 12, 1)) == "名单.xlsx · Sheet1 · 第 12 行"
