"""Any file is read by its content or refused with one sentence; nothing else comes out of the reader."""

import hashlib
import io
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import psutil
import pytest

from tests.waits import LIMIT
from tests.workbench.intake.conftest import HEADER, customers, write_xlsx
from workbench.base.change import Cancelled
from workbench.base.errors import WorkbenchError
from workbench.intake.reading import books, process
from workbench.intake.reading.forms import OLE
from workbench.intake.reading.frames import Sender
from workbench.intake.reading.process import Limits
from workbench.intake.reading.reader import read_file


def _code(path: Path) -> str:
    with pytest.raises(WorkbenchError) as caught:
        read_file(path)
    assert path.name in caught.value.message
    assert caught.value.hint
    return caught.value.code


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert _code(tmp_path / "没有.xlsx") == "file_missing"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert _code(tmp_path) == "is_folder"


@pytest.mark.parametrize("content", [b"", b"\x00" * 512, b" \r\n\t"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "空.xlsx").write_bytes(content)
    assert _code(tmp_path / "空.xlsx") == "file_empty"


def test_an_encrypted_xlsx_is_an_ole_file_with_an_encrypted_package(tmp_path: Path) -> None:
    body = OLE + b"\x00" * 1000 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 1000
    (tmp_path / "密.xlsx").write_bytes(body)
    assert _code(tmp_path / "密.xlsx") == "file_encrypted"


def test_an_encrypted_xls_carries_a_filepass_record(tmp_path: Path) -> None:
    bof = b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\x00" * 12
    body = OLE + b"\x00" * 504 + bof + b"\x2f\x00\x36\x00" + b"\x01" * 54 + b"\x00" * 512
    (tmp_path / "密.xls").write_bytes(body)
    assert _code(tmp_path / "密.xls") == "file_encrypted"


def test_an_encrypted_ods_says_so_in_its_manifest(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "密.ods", "w") as archive:
        archive.writestr("content.xml", b"\x01\x02")
        archive.writestr("META-INF/manifest.xml", "<m><manifest:encryption-data/></m>")
    assert _code(tmp_path / "密.ods") == "file_encrypted"


def test_a_truncated_workbook_is_corrupt(tmp_path: Path) -> None:
    whole = write_xlsx(tmp_path / "整.xlsx", [("客户清单", customers())]).read_bytes()
    (tmp_path / "断.xlsx").write_bytes(whole[: len(whole) // 2])
    assert _code(tmp_path / "断.xlsx") == "file_corrupt"
    (tmp_path / "断.xls").write_bytes(OLE + b"\x07" * 3000)
    assert _code(tmp_path / "断.xls") == "file_corrupt"


def test_a_damaged_sheet_is_corrupt_not_a_crash(tmp_path: Path) -> None:
    whole = write_xlsx(tmp_path / "整.xlsx", [("客户清单", customers())]).read_bytes()
    source = zipfile.ZipFile(io.BytesIO(whole))
    with zipfile.ZipFile(tmp_path / "坏.xlsx", "w") as archive:
        for name in source.namelist():
            archive.writestr(name, b"<worksheet><sheetData><row" if "sheet1" in name else source.read(name))
    assert _code(tmp_path / "坏.xlsx") == "file_corrupt"


def _behaving(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reading process is another program."""
    begun = "sys.stdout.buffer.write((len(body := marshal.dumps(('begun',)))).to_bytes(8, 'little') + body)"
    head = f"import marshal, sys, time\nsys.stdin.buffer.read()\n{begun}\nsys.stdout.flush()\n"
    (tmp_path / "acting_child.py").write_text(f"{head}{code}\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(process, "CHILD", "acting_child")


@pytest.mark.parametrize("death", ["import os; os.abort()", "sys.exit(3)", "import os; os._exit(0)"])
def test_a_reading_process_that_dies_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, death: str
) -> None:
    path = write_xlsx(tmp_path / "月报.xlsx", [("客户清单", customers())])
    _behaving(death, tmp_path, monkeypatch)
    assert _code(path) == "reader_crashed"


def test_half_a_frame_is_no_frame(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_xlsx(tmp_path / "月报.xlsx", [("客户清单", customers())])
    _behaving("sys.stdout.buffer.write((1000).to_bytes(8, 'little') + b'half')", tmp_path, monkeypatch)
    assert _code(path) == "reader_crashed"


def test_no_progress_ends_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_xlsx(tmp_path / "月报.xlsx", [("客户清单", customers())])
    _behaving("while True: time.sleep(1)", tmp_path, monkeypatch)
    with pytest.raises(WorkbenchError) as caught:
        read_file(path, limits=Limits(memory_mb=500, idle_seconds=0.3))
    assert caught.value.code == "too_slow"
    assert "另存为" in caught.value.hint
    assert not psutil.Process().children()


def test_too_much_memory_ends_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_xlsx(tmp_path / "月报.xlsx", [("客户清单", customers())])
    _behaving("held = b'x' * 200_000_000\nwhile True: time.sleep(1)", tmp_path, monkeypatch)
    with pytest.raises(WorkbenchError) as caught:
        read_file(path, limits=Limits(memory_mb=100, idle_seconds=LIMIT))
    assert caught.value.code == "too_large"
    assert "100 MB" in caught.value.message
    assert not psutil.Process().children()


def test_giving_up_ends_the_reading_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_xlsx(tmp_path / "月报.xlsx", [("客户清单", customers())])
    _behaving("while True: time.sleep(1)", tmp_path, monkeypatch)
    calls: list[str] = []

    def give_up(_share: float, words: str) -> None:
        calls.append(words)
        if len(calls) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        read_file(path, progress=give_up)
    assert len(calls) == 3
    assert not psutil.Process().children()


def test_what_crashes_the_first_reader_is_read_by_the_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_xlsx(tmp_path / "月报.xlsx", [("客户清单", customers())], at=(2, 1))
    (tmp_path / "crashing_child.py").write_text(
        "import os, sys\n"
        "import python_calamine\n"
        "class Crashing:\n"
        "    from_path = from_filelike = staticmethod(lambda _file: os.abort())\n"
        "python_calamine.CalamineWorkbook = Crashing\n"
        "from workbench.intake.reading.child import main\n"
        "main()\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(process, "CHILD", "crashing_child")
    sheet = read_file(path).sheets[0]
    assert sheet.row(2)[1:] == HEADER
    assert sheet.shown_row(2) == 5


@pytest.mark.parametrize(
    ("ending", "code"),
    [
        ("os.abort()", "reader_crashed"), ("os._exit(3)", "reader_crashed"),
        ("os.kill(os.getpid(), 9)", "reader_killed"), ("exec('raise MemoryError')", "too_large"),
        ("exec('raise ImportError')", "reader_failed"),
    ],
)  # fmt: skip
def test_a_reading_process_that_breaks_off_is_never_called_a_damaged_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, code: str
) -> None:
    path = write_xlsx(tmp_path / "月报.xlsx", [("客户清单", customers())])
    (tmp_path / "ending_child.py").write_text(
        "import os\n"
        "from workbench.intake.reading import child\n"
        f"def form_of(_path): {ending}\n"
        "child.form_of = form_of\n"
        "child.main()\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(process, "CHILD", "ending_child")
    with pytest.raises(WorkbenchError) as caught:
        read_file(path)
    assert caught.value.code == code
    assert "损坏" not in caught.value.sentence()


def test_a_panic_that_is_no_exception_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Panic(BaseException):
        pass

    class Panicking:
        @staticmethod
        def from_path(_path: object) -> None:
            raise Panic

    path = write_xlsx(tmp_path / "月报.xlsx", [("客户清单", customers())])
    monkeypatch.setattr(books.calamine, "CalamineWorkbook", Panicking)
    words: list[str] = []
    teller = SimpleNamespace(send=lambda word, *_rest: words.append(word))
    books.read_workbook(path, "xlsx", cast("Sender", teller), 1_000_000, None)
    assert words[-1] == "end"


def test_progress_tells_rows_and_the_digest_is_of_the_file(tmp_path: Path) -> None:
    rows = [[f"{number:06d}", "张三", number * 1.5] for number in range(8_000)]
    path = write_xlsx(tmp_path / "大.xlsx", [("客户清单", [["客户编号", "姓名", "余额"], *rows])])
    reports: list[tuple[float, str]] = []
    file = read_file(path, progress=lambda share, words: reports.append((share, words)))
    shares = [share for share, _words in reports]
    assert shares == sorted(shares)
    assert shares[-1] <= 0.4
    assert file.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert file.sheets[0].height == 8_001
    assert file.sheets[0].row(8_000) == ["007999", "张三", 7_999 * 1.5]


def test_nothing_in_the_working_folder_stands_in_for_a_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "zipfile.py").write_text("raise RuntimeError")
    (tmp_path / "marshal.py").write_text("raise RuntimeError")
    monkeypatch.chdir(tmp_path)
    assert read_file(write_xlsx(tmp_path / "月报.xlsx", [("客户清单", customers())])).sheets


@pytest.mark.parametrize(
    "content",
    [b"<html><body><p>a page</p></body></html>", b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
     "一封信,没有表格".encode()[:9], b"just one line of words"],
)  # fmt: skip
def test_what_is_no_spreadsheet_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "别的.xls").write_bytes(content)
    assert _code(tmp_path / "别的.xls") == "not_a_spreadsheet"


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "包.xlsx", "w") as archive:
        archive.writestr("读我.txt", "不是表格")
    assert _code(tmp_path / "包.xlsx") == "not_a_spreadsheet"


def test_the_content_decides_not_the_name(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "月报.xlsx", [("客户清单", customers())]).rename(tmp_path / "月报.csv")
    assert read_file(path).sheets[0].name == "客户清单"


def test_row_numbers_are_those_seen_in_excel(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "月报.xlsx", [("客户清单", customers())], at=(4, 2))
    sheet = read_file(path).sheets[0]
    assert (sheet.first_row, sheet.first_column) == (5, 3)
    assert sheet.row(2)[0] == "客户编号"
    assert sheet.shown_row(2) == 7


def test_only_the_sheet_wanted_is_read(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "月报.xlsx", [("甲", customers()), ("乙", customers())])
    assert [sheet.name for sheet in read_file(path, sheet="乙").sheets] == ["乙"]
    with pytest.raises(WorkbenchError) as caught:
        read_file(path, sheet="丙")
    assert caught.value.code == "no_sheet"
    assert "甲" in caught.value.hint


def test_a_sheet_that_declares_too_many_cells_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "月报.xlsx", [("客户清单", customers())])
    with pytest.raises(WorkbenchError) as caught:
        read_file(path, cells_max=10)
    assert caught.value.code == "too_large"
