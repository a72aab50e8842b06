"""Errors, masks, charts and paper: what leaves the window or must not."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from ui.errors import ErrorEdge, report
from ui.main_window import MainWindow
from ui.pages.portrait.facts_dialog import facts_of
from ui.pages.week.page import WeekPage
from ui.theme import THEMES
from ui.widgets.charts import Balances, Series, draw
from ui.widgets.drawing import DrawingSurface
from ui.widgets.preview import PreviewDialog
from workbench.base.change import Cancelled
from workbench.base.errors import WorkbenchError
from workbench.insight.portrait.portrait import Portrait


def broken() -> Exception:
    try:
        raise ValueError("customer 林秀英 13812340001")
    except ValueError as error:
        return error


def test_an_expected_failure_says_what_happened_and_what_to_do(qtbot: QtBot) -> None:
    box = ErrorEdge().show(WorkbenchError("x", "发生了什么。", "该怎么办。"))
    assert isinstance(box, QMessageBox)
    assert (box.text(), box.informativeText()) == ("发生了什么。", "该怎么办。")
    box.close()


def test_an_unexpected_failure_is_shown_once_and_names_no_customer(qtbot: QtBot) -> None:
    edge, error = ErrorEdge(), broken()
    box = edge.show(error)
    assert isinstance(box, QMessageBox)
    assert "林秀英" not in box.detailedText()
    assert "13812340001" not in report(error)
    assert "ValueError" in report(error)
    assert edge.show(error) is None
    assert edge.show(Cancelled()) is None
    box.close()


def test_a_fact_by_the_identity_number_says_so_and_leads_to_the_number() -> None:
    found = Portrait(
        customer_id=1, customer_no="1", name="甲", month=None, as_of=None,
        facts=(("gender", "性别", "女"), ("phone", "手机号", "13812341234")), tier=None, tier_name=None, tower=None,
        bank_level=None, to_upgrade_fen=None, to_keep_fen=None, points=(), holdings=(), risk=None, touches=(),
        source=None, by_number=frozenset({"gender"}),
    )  # fmt: skip
    assert [(one.value, one.origin) for one in facts_of(found)] == [
        ("女(由证件号推算)", "id_no"),
        ("13812341234", "phone"),
    ]


def test_the_chart_draws_its_bars_in_both_themes_away_from_the_window() -> None:
    data = Balances(
        ("2026-08", "2026-09", "2026-10"),
        (Series("存款", (5_000_000, None, 8_000_000)), Series("其他", (1_000_000, 1_000_000, 0), rest=True)),
        Series("月日均", (6_000_000, 6_500_000, None)),
    )
    for colours in THEMES.values():
        drawn = draw(data, DrawingSurface(400, 200, 1.0, colours))
        assert (drawn.width, drawn.height) == (400, 200)
        assert 0 < drawn.left < drawn.right < 1
        assert len({drawn.rgba[i : i + 4] for i in range(0, len(drawn.rgba), 4)}) > 20


def test_the_preview_prints_the_pages_of_the_pdf_and_the_print_is_recorded(
    qtbot: QtBot, window: MainWindow, settle: Callable[[], None], tmp_path: Path
) -> None:
    page = window.pages["week"]
    assert isinstance(page, WeekPage)
    page.print_plan()
    preview = page.findChild(PreviewDialog)
    assert isinstance(preview, PreviewDialog)
    settle()
    assert preview.printed is not None
    assert preview.printed.content.startswith(b"%PDF")
    assert preview.pages.count() == len(preview.sheets) > 5
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    preview.print_on(printer)
    settle()
    assert (tmp_path / "printed.pdf").stat().st_size > 10_000
    preview.save_to(tmp_path / "saved.pdf")
    settle()
    assert (tmp_path / "saved.pdf").read_bytes() == preview.printed.content
    with window.workbench.book.read() as conn:
        actions = set(conn.exec_driver_sql("select action from audit").scalars())
    assert {"print", "export"} <= actions
    preview.close()
