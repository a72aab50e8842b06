"""The preview of the week's paper shows the very PDF of the parts that are ticked, prints the pages chosen, and loses nothing
when a printer or a file refuses (domain 17)."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrinter

from ui.main_window import MainWindow
from ui.widgets import preview as preview_module
from ui.widgets.pack_preview import PackPreview
from ui.widgets.preview import Painted, pages_chosen
from workbench.trust.ledger import LedgerFilter

WEEK = "2026-W47"


@pytest.fixture
def preview(window: MainWindow, settle: Callable[[], None]) -> PackPreview:
    made = PackPreview(window.workbench, window.tasks, WEEK, ("plan", "calls"), parent=window)
    made.open()
    settle()
    return made


def _pages(content: bytes) -> int:
    return len(pypdfium2.PdfDocument(content))


def _registered(window: MainWindow, action: str) -> list[dict[str, object]]:
    with window.workbench.book.read() as conn:
        rows = conn.exec_driver_sql(
            f"select facts from audit where action = '{action}' order by id"
        ).scalars()
        return [json.loads(row) for row in rows]


def _to_file(path: Path) -> QPrinter:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


@pytest.mark.parametrize(
    ("text", "most", "chosen"),
    [
        ("", 3, [0, 1, 2]), ("2", 3, [1]), ("1-2,5", 6, [0, 1, 4]), ("3， 1－2", 3, [0, 1, 2]), ("4", 3, None),
        ("0", 3, None), ("2-", 3, None), ("第一页", 3, None), ("3-1", 3, None),
    ],
)  # fmt: skip
def test_pages_are_chosen_as_people_write_them(text: str, most: int, chosen: list[int] | None) -> None:
    assert pages_chosen(text, most) == chosen


def test_ticking_another_part_shows_its_pages_and_the_workbook_has_the_same_parts(
    preview: PackPreview, settle: Callable[[], None], tmp_path: Path
) -> None:
    assert preview.printed is not None
    first = len(preview.sheets)
    assert first == _pages(preview.printed.content)
    preview.parts["evening"].setChecked(True)
    settle()
    assert preview.printed is not None
    assert len(preview.sheets) == first + 1 == _pages(preview.printed.content)
    assert preview.printed.outgoing.facts["parts"] == ["plan", "calls", "evening"]
    preview.save_workbook(tmp_path / "week.xlsx")
    settle()
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "week.xlsx").read_bytes()))
    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == [
        "531计划",
        "电访单",
        "复盘",
    ]
    for code in ("plan", "calls", "evening"):
        preview.parts[code].setChecked(False)
    settle()
    # something is always left to print
    assert [code for code, box in preview.parts.items() if box.isChecked()] == ["evening"]
    preview.close()


def test_the_pages_and_copies_chosen_are_printed_and_registered(
    preview: PackPreview, window: MainWindow, settle: Callable[[], None], tmp_path: Path
) -> None:
    printer = _to_file(tmp_path / "printed.pdf")
    preview.range.setText("9")
    preview.print_on(printer)
    settle()
    assert "1-3,5" in preview.state.text()
    assert not _registered(window, "print")
    preview.range.setText("2")
    preview.print_on(printer)
    settle()
    assert _pages((tmp_path / "printed.pdf").read_bytes()) == 1
    [print_] = _registered(window, "print")
    assert (print_["pages"], print_["copies"]) == (1, printer.copyCount())
    preview.close()


def test_a_printer_that_fails_says_so_and_the_sheets_before_count_again(
    preview: PackPreview,
    window: MainWindow,
    settle: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    sheets = window.workbench.sheets
    preview.print_on(_to_file(tmp_path / "first.pdf"))
    settle()
    before = [one.number for one in sheets.handed_out.latest(WEEK)]
    assert before
    preview.parts["evening"].setChecked(True)
    settle()
    monkeypatch.setattr(preview_module, "painted", lambda *_args: Painted(whole=False, pages=0))
    preview.print_on(_to_file(tmp_path / "second.pdf"))
    settle()
    assert "打印机没有响应" in preview.state.text()
    assert [one.number for one in sheets.handed_out.latest(WEEK)] == before
    (failed,) = _registered(window, "print_failed")
    first, second = (
        one for one in reversed(window.workbench.ledger.lines(LedgerFilter())) if one.code == "print"
    )
    assert (failed["print"], failed["pages"]) == (second.number, 0)
    assert (first.paper, second.paper) == (True, False)
    assert preview.print_button.isEnabled()
    preview.close()


def test_a_pdf_that_is_open_elsewhere_is_one_sentence_and_the_preview_stays(
    preview: PackPreview,
    window: MainWindow,
    settle: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    target = tmp_path / "week.pdf"
    target.write_bytes(b"the one that is open")

    def in_use(_self: Path, _target: Path) -> Path:
        raise PermissionError(13, "in use")

    faults: list[Exception] = []
    window.tasks.failed.connect(faults.append)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", in_use)
        preview.save_to(target, replace=True)
        settle()
    [fault] = faults
    assert "正被别的程序" in str(fault)
    assert target.read_bytes() == b"the one that is open"
    assert window.workbench.sheets.handed_out.latest(WEEK) == ()
    assert preview.printed is not None
    assert preview.print_button.isEnabled()
    preview.close()


def test_telephones_are_in_full_only_after_a_purpose_was_written(
    preview: PackPreview, settle: Callable[[], None]
) -> None:
    assert preview.printed is not None
    assert "phone_masked" in preview.printed.fields
    preview.purpose.setText("周三外呼")
    preview.purpose.editingFinished.emit()
    settle()
    assert "phone" in preview.printed.fields
    assert preview.printed.outgoing.facts["purpose"] == "周三外呼"
    preview.close()
