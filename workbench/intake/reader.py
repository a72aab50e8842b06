"""Reads any spreadsheet into columns: told apart by content, not by name; every failure is one sentence."""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import python_calamine as calamine

from workbench.change import Progress, silent
from workbench.errors import WorkbenchError
from workbench.i18n import _, commas
from workbench.intake.collector import quiet_collector
from workbench.intake.text_table import as_table

#: A cell as calamine or the csv reader gives it: str, float, int, bool, date, datetime, time, timedelta.
Cell = Any

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAMS = tuple(word.encode("utf-16-le") for word in ("EncryptedPackage", "EncryptionInfo"))


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet as found, column-wise. `first_row` and `first_column` are what Excel shows for cell (0, 0)."""

    name: str
    columns: tuple[tuple[Cell, ...], ...]
    first_row: int = 1
    first_column: int = 1
    hidden: bool = False

    @property
    def height(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def row(self, index: int) -> list[Cell]:
        return [column[index] for column in self.columns]

    def shown_row(self, index: int) -> int:
        """The row number that a person sees in Excel."""
        return index + self.first_row


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file's sheets in order; `failed` names sheets that could not be read."""

    path: Path
    digest: str
    sheets: tuple[RawSheet, ...]
    failed: tuple[str, ...] = ()


def read_file(
    path: Path, *, sheet: str | None = None, cells_max: int = 60_000_000, progress: Progress = silent
) -> RawFile:
    """Read all sheets, or the one named; `cells_max` bounds one sheet.

    Raises WorkbenchError file_missing, file_unreadable, file_empty, file_encrypted, file_corrupt,
    not_a_spreadsheet, too_large, no_sheet; Cancelled from `progress`.
    """
    content = _content(path)
    progress(0.02, _("读取文件"))
    digest = hashlib.sha256(content).hexdigest()
    if content.startswith((b"PK\x03\x04", _OLE)):
        sheets, failed = _workbook(path, content, sheet, cells_max, progress)
    else:
        sheets, failed = [_text(path, content)], []
    return RawFile(path, digest, tuple(sheets), tuple(failed))


def _content(path: Path) -> bytes:
    name = path.name
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise WorkbenchError(
            "file_missing", _("没有找到文件“{file}”。").format(file=name), _("请检查文件名和所在的文件夹。")
        ) from None
    except OSError:
        raise WorkbenchError(
            "file_unreadable",
            _("文件“{file}”打不开(是文件夹、没有权限,或正被别的程序占用)。").format(file=name),
            _("请关闭正在使用它的程序,或换一个位置再试。"),
        ) from None
    if not content.strip(b"\x00 \t\r\n"):
        raise WorkbenchError(
            "file_empty", _("文件“{file}”是空的。").format(file=name), _("请向发送人要一份完整的文件。")
        )
    return content


# -- workbooks ---------------------------------------------------------------------------------------------


def _workbook(
    path: Path, content: bytes, wanted: str | None, cells_max: int, progress: Progress
) -> tuple[list[RawSheet], list[str]]:
    _refuse_encrypted(path, content)
    _refuse_other_zip(path, content)
    with _own_words(path):
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    listed = [meta for meta in book.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet]
    if wanted is not None:
        names = [meta.name for meta in listed]
        listed = [meta for meta in listed if meta.name == wanted]
        if not listed:
            raise WorkbenchError(
                "no_sheet",
                _("文件“{file}”里没有名为“{sheet}”的工作表。").format(file=path.name, sheet=wanted),
                _("文件里有:{names}。").format(names=commas(names)),
            )
    sheets: list[RawSheet] = []
    failed: list[str] = []
    for number, meta in enumerate(listed):
        progress(0.02 + 0.38 * number / len(listed), _("读取工作表“{sheet}”").format(sheet=meta.name))
        hidden = meta.visible != calamine.SheetVisibleEnum.Visible
        try:
            sheets.append(_sheet(path, book, meta.name, hidden, cells_max))
        except WorkbenchError:
            raise
        except Exception:  # noqa: BLE001  (one broken sheet must not cost the others)
            failed.append(meta.name)
    if not sheets:
        raise _corrupt(path)
    return sheets, failed


def _sheet(path: Path, book: Any, name: str, hidden: bool, cells_max: int) -> RawSheet:
    with quiet_collector(), _panics_are_errors():
        found = book.get_sheet_by_name(name)
        if found.height * found.width > cells_max:
            raise WorkbenchError(
                "too_large",
                _("文件“{file}”的工作表“{sheet}”过大({rows} 行 × {columns} 列)。").format(
                    file=path.name, sheet=name, rows=found.height, columns=found.width
                ),
                _("请删去多余的空行空列,或分成几个文件再导入。"),
            )
        start = found.start or (0, 0)
        columns = tuple(zip(*found.to_python(skip_empty_area=True), strict=True))
    return RawSheet(name, columns, start[0] + 1, start[1] + 1, hidden)


@contextmanager
def _panics_are_errors() -> Iterator[None]:
    """calamine panics with exceptions that derive from BaseException only."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit, Exception):
        raise
    except BaseException as panic:
        raise ValueError("panic") from panic


@contextmanager
def _own_words(path: Path) -> Iterator[None]:
    try:
        with _panics_are_errors():
            yield
    except calamine.PasswordError as error:
        raise _encrypted(path) from error
    except Exception as error:
        raise _corrupt(path) from error


def _refuse_encrypted(path: Path, content: bytes) -> None:
    if content.startswith(_OLE):
        hidden = any(word in content for word in _ENCRYPTED_STREAMS) or _has_filepass(content)
    else:
        hidden = b"META-INF/manifest.xml" in content and "encryption-data" in _zip_text(
            content, "META-INF/manifest.xml"
        )
    if hidden:
        raise _encrypted(path)


def _has_filepass(content: bytes) -> bool:
    """A BIFF8 workbook stream that begins BOF, (write protection), FILEPASS."""
    bof = content.find(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    if bof < 0:
        return False
    at = bof + 20
    for _record in range(4):
        code, size = content[at : at + 2], int.from_bytes(content[at + 2 : at + 4], "little")
        if code == b"\x2f\x00":
            return True
        at += 4 + size
    return False


def _refuse_other_zip(path: Path, content: bytes) -> None:
    if content.startswith(_OLE):
        return
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise _corrupt(path) from None
    if not any(name.endswith(("workbook.xml", "workbook.bin", "content.xml")) for name in names):
        raise _no_spreadsheet(path)


def _zip_text(content: bytes, member: str) -> str:
    try:
        return zipfile.ZipFile(io.BytesIO(content)).read(member).decode("utf-8", "replace")
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, RuntimeError):
        return ""


def _encrypted(path: Path) -> WorkbenchError:
    return WorkbenchError(
        "file_encrypted",
        _("文件“{file}”设有打开密码,读不出内容。").format(file=path.name),
        _("请在 Excel 中打开它,另存一份不带密码的再导入。"),
    )


def _corrupt(path: Path) -> WorkbenchError:
    return WorkbenchError(
        "file_corrupt",
        _("文件“{file}”已损坏或不完整,读不出来。").format(file=path.name),
        _("请重新下载或向发送人再要一份;能用 Excel 打开的,另存为 xlsx 再导入。"),
    )


def _no_spreadsheet(path: Path) -> WorkbenchError:
    return WorkbenchError(
        "not_a_spreadsheet",
        _("文件“{file}”不是电子表格。").format(file=path.name),
        _("请选择 xlsx、xls、xlsb、ods 或 csv 文件。"),
    )


# -- text --------------------------------------------------------------------------------------------------

_MARKUP = re.compile(rb"^\s*(<!doctype|<html|<\?xml|<table|<head|<body|%PDF|\{\\rtf)", re.IGNORECASE)


def _text(path: Path, content: bytes) -> RawSheet:
    head = content[:4096].lstrip(b"\xef\xbb\xbf")
    if _MARKUP.match(head):
        raise _no_spreadsheet(path)
    rows = as_table(content)
    if rows is None:
        raise _no_spreadsheet(path)
    return RawSheet(path.stem, _upright(rows))


def _upright(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    width = max(map(len, rows), default=0)
    if any(len(row) != width for row in rows):
        rows = [[*row, *[""] * (width - len(row))] for row in rows]
    return tuple(zip(*rows, strict=True))
