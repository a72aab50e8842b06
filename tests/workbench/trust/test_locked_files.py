"""A locked xlsx opens by its password in Excel's own way, anything else is a zip with AES; weak passwords are refused."""

import io
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest
import pyzipper

from workbench.base.errors import WorkbenchError
from workbench.trust.locked_files import check_file_password, locked, locked_place

PASSWORD = "Shu7-hai-88"


def test_an_xlsx_is_locked_in_its_place() -> None:
    made = io.BytesIO()
    openpyxl.Workbook().save(made)
    target = Path("名单.xlsx")
    content = locked(made.getvalue(), target, PASSWORD)
    assert locked_place(target) == target
    assert not content.startswith(b"PK")
    opened = msoffcrypto.OfficeFile(io.BytesIO(content))
    opened.load_key(password=PASSWORD)
    plain = io.BytesIO()
    opened.decrypt(plain)
    assert plain.getvalue() == made.getvalue()


def test_anything_else_is_a_zip_beside_it() -> None:
    target = Path("名单.pdf")
    assert locked_place(target) == Path("名单.pdf.zip")
    content = locked(b"secret words", target, PASSWORD)
    assert b"secret words" not in content
    with pyzipper.AESZipFile(io.BytesIO(content)) as archive:
        assert archive.read("名单.pdf", pwd=PASSWORD.encode()) == b"secret words"
        with pytest.raises(RuntimeError):
            archive.read("名单.pdf", pwd=b"wrong password")


@pytest.mark.parametrize("weak", ["", "abc", "aaaaaaaa", "1212121212"])
def test_a_password_that_is_soon_tried_out_is_refused(weak: str) -> None:
    with pytest.raises(WorkbenchError, match="太弱"):
        check_file_password(weak)
