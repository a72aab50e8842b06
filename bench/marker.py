"""Looks for what the program leaves lying about: a customer with a marker is in the book, and nowhere else may he be found.

`python -m bench.marker` imports a list with him, runs the commands and a window over all pages, and looks into the data
folder, logs, temporary files, caches, arguments and environments of child processes, titles of windows, exported files.
"""

import argparse
import contextlib
import io
import os
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from openpyxl import Workbook

PASSPHRASE = "春风化雨 2026"
TODAY = "2026-11-16"
NUMBER, NAME, PHONE, PERSON_ID = "7391824650", "欧阳楞伽", "13907392846", "110101196003078854"
NOTE = "楞伽山上的白鹇"
#: what would give him away
MARKS = (NUMBER, NAME, PHONE, PERSON_ID, NOTE)
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
_FORMS = tuple({(mark, mark.encode(one)) for mark in MARKS for one in _ENCODINGS})


def marked_list(path: Path) -> Path:
    """A head-office list with the marked customer and two others."""
    workbook = Workbook()
    sheet = workbook.active
    if sheet is None:
        raise ValueError(path)
    sheet.append(["个人客户资产月报(2026年10月31日)"])
    sheet.append(["客户号", "客户姓名", "手机号", "证件号码", "金融资产余额", "金融资产月日均"])
    sheet.append([NUMBER, NAME, PHONE, PERSON_ID, 1_824_000.0, 1_800_000.0])
    sheet.append(["0000100002", "赵建国", "13812340002", "", 312_000.0, 300_000.0])
    sheet.append(["0000100003", "周敏", "13812340003", "", 775_000.0, 770_000.0])
    workbook.save(path)
    return path


# -- looking -----------------------------------------------------------------------------------------------


def marks_in(content: bytes) -> list[str]:
    """The marks that stand in some bytes, in whichever encoding."""
    return sorted({mark for mark, form in _FORMS if form in content})


def found_in(path: Path) -> list[str]:
    """The marks in a file: in its bytes, in the members of a zip (xlsx), in the compressed streams of a PDF."""
    content = path.read_bytes()
    found = set(marks_in(content))
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            for name in packed.namelist():
                found |= set(marks_in(packed.read(name)))
    if content.startswith(b"%PDF"):
        for piece in content.split(b"stream\n")[1:]:
            with contextlib.suppress(zlib.error):
                found |= set(marks_in(zlib.decompressobj().decompress(piece)))
    return sorted(found)


def metadata_of(path: Path) -> bytes:
    """What a file tells of itself: the properties of a workbook, the information of a PDF."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            return b"".join(packed.read(one) for one in packed.namelist() if "docProps" in one)
    if path.suffix == ".pdf":
        import pypdfium2

        document = pypdfium2.PdfDocument(path)
        try:
            return "\n".join(document.get_metadata_dict().values()).encode()
        finally:
            document.close()
    return path.name.encode()


def lying_about(*folders: Path, apart_from: tuple[Path, ...] = ()) -> list[str]:
    """Where marks were found below these folders: file and mark. Names of files are looked at too."""
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path not in apart_from:
                marks = {*marks_in(path.name.encode()), *found_in(path)}
                found += [f"{path.relative_to(folder.parent)}: {mark}" for mark in sorted(marks)]
    return found


@contextmanager
def children() -> Iterator[list[str]]:
    """Everything that child processes are given on their command lines and in their environments."""
    given: list[str] = []
    begin = subprocess.Popen.__init__

    def noted(self: Any, args: Any, *more: Any, **named: Any) -> None:
        given.append(f"{args} {named.get('env') or dict(os.environ)}")
        begin(self, args, *more, **named)

    with patch.object(subprocess.Popen, "__init__", noted):
        yield given


# -- doing -------------------------------------------------------------------------------------------------


def commands(lists: Path, out: Path) -> list[tuple[str, ...]]:
    """The commands that are run: he is imported, found, contacted, noted, planned, exported, refused."""
    return [
        ("import", str(lists), "--accept-similar"),
        ("import", str(lists.with_name("没有这个文件.xlsx"))),
        ("customers", NAME),
        ("portrait", NUMBER),
        ("portrait", NUMBER, "--json"),
        ("log", NUMBER, "--channel", "call", "--result", "reached", "--note", NOTE),
        ("log", NUMBER, "--channel", NOTE, "--result", "reached"),
        ("promise", NUMBER, "--text", NOTE, "--by", "2026-11-20"),
        ("check",),
        ("light", NUMBER, "--explain", "house", "--note", NOTE),
        ("plan", "--pdf", str(out / "week.pdf"), "--xlsx", str(out / "week.xlsx")),
        ("list-save", "名单", "--where", "aum_balance > 0"),
        ("list-export", "名单", str(out / "list.xlsx")),
        ("undo",),
        ("redo",),
        ("backup", str(out / "copy.book")),
        ("verify",),
    ]


def run_all(words: list[tuple[str, ...]], book: Path) -> list[int]:
    """Run commands as a person would; their statuses. What they print is what was asked for, and is not looked at."""
    from workbench.commands.run import run

    statuses = []
    for one in words:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            statuses.append(run([*one, "--book", str(book)]))
    return statuses


def titles(program: Any, pages: tuple[str, ...], settle: Callable[[], object]) -> list[str]:
    """Visit pages with him in front, search for him, fall over with his name in the error; the titles of all windows."""
    from PySide6.QtWidgets import QApplication

    seen = set()
    window = program.window
    for name in pages:
        window.open_page(name, NUMBER if name == "portrait" else None)
        settle()
        seen |= {one.windowTitle() for one in QApplication.topLevelWidgets()}
    window.search.setText(NAME)
    window.search.textEdited.emit(NAME)
    settle()
    try:
        raise ValueError(f"{NAME} {NUMBER} {NOTE}")
    except ValueError as error:
        box = program.edge.show(error)
    seen |= {one.windowTitle() for one in QApplication.topLevelWidgets()}
    if box is not None:
        seen.add(box.detailedText())
        box.close()
    return sorted(seen)


def main() -> int:
    """The long form: every page of the window; what was found, a line each."""
    argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0]).parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        places = {one: folder / one for one in ("home", "temp", "data", "out", "lists")}
        for place in places.values():
            place.mkdir()
        os.environ |= {"WORKBENCH_HOME": str(places["home"]), "WORKBENCH_TODAY": TODAY}
        os.environ |= {"WORKBENCH_PASSPHRASE": PASSPHRASE, "QT_QPA_PLATFORM": "offscreen"}
        os.environ |= {"XDG_CACHE_HOME": str(places["home"] / "cache"), "HOME": str(places["home"])}
        os.environ |= {"TMPDIR": str(places["temp"]), "TEMP": str(places["temp"])}
        os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
        tempfile.tempdir = None
        book = places["data"] / "a.book"
        words = commands(marked_list(places["lists"] / "名单_202610.xlsx"), places["out"])
        with children() as given:
            statuses = run_all(words, book)
            wrong = [f"on a command line: {mark}" for one in given for mark in marks_in(one.encode())]
            wrong += [f"title: {one}" for one in _window(book) if marks_in(one.encode())]
        wrong += lying_about(*(places[one] for one in ("home", "temp", "data")))
        wrong += [
            f"{file.name}, of itself: {mark}"
            for file in places["out"].iterdir()
            for mark in marks_in(metadata_of(file))
        ]
        wrong += lying_about(places["out"])
    print(f"{len(words)} commands ({statuses}), {len(given)} child processes; found: {len(wrong)}")
    for one in wrong:
        print(" ", one)
    return 1 if wrong else 0


def _window(book: Path) -> list[str]:
    """All pages of the real window."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from ui.app import Program
    from ui.errors import start_log
    from ui.registry import PAGES
    from workbench.app import Workbench

    start_log()
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    program = Program(app, book)
    program.enter(Workbench.open(book, PASSPHRASE))

    def settle() -> None:
        QTest.qWait(100)
        while program.tasks.busy:
            QTest.qWait(20)

    seen = titles(program, tuple(one.name for one in PAGES), settle)
    program.close()
    return seen


if __name__ == "__main__":
    sys.exit(main())
