"""Files of document security programs are told apart from damaged ones; what reads is never doubted."""

import random
import zlib
from pathlib import Path

import pytest

from tests.workbench.intake.conftest import Make, customers
from workbench.base.errors import WorkbenchError
from workbench.intake.reading.reader import read_file
from workbench.intake.reading.seals import is_mark, open_elsewhere, seal_of
from workbench.rules.parameters import Rules

SIGNS = Rules.load().words("intake.sealed_signs")
CIPHER = random.Random(7).randbytes(9_000)


def refused(path: Path) -> tuple[str, str]:
    with pytest.raises(WorkbenchError) as caught:
        read_file(path)
    return caught.value.code, caught.value.sentence()


@pytest.mark.parametrize("name", ["月报.xlsx", "月报.csv", "月报.xls", "月报.et"])
@pytest.mark.parametrize(
    "sign",
    ["%TSD-Header-###%", "\x00\x00E-SafeNet\x00\x00LOCK", "SCDSA002", "<## NASCA DRM FILE - VER1.00 ##>"],
)
def test_a_known_sign_is_told_as_encryption_by_the_bank(tmp_path: Path, name: str, sign: str) -> None:
    path = tmp_path / name
    path.write_bytes(sign.encode("latin-1") + CIPHER)
    code, words = refused(path)
    assert code == "file_sealed"
    assert "损坏" not in words


@pytest.mark.parametrize("name", ["月报.xlsx", "月报.csv"])
@pytest.mark.parametrize("header", [b"", b"\x00" * 512, b"UNKNOWN-VENDOR" * 40])
def test_even_randomness_in_a_table_file_is_told_as_probable_encryption(
    tmp_path: Path, name: str, header: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(header + CIPHER)
    code, words = refused(path)
    assert (code, "像是" in words) == ("file_sealed", True)


def test_what_is_damaged_compressed_or_something_else_is_no_encryption(tmp_path: Path, xlsx: Make) -> None:
    whole = xlsx(customers()).read_bytes()
    packed = zlib.compress("".join(f"客户{n},{n * n}\n" for n in range(20_000)).encode())
    for name, content in {
        "截断.xlsx": whole[: len(whole) // 2], "缺头.xlsx": whole[100:], "别的.bin": CIPHER, "短.xlsx": CIPHER[:200],
        "压缩.xlsx": packed, "空白.xlsx": b"\x00" * 5_000 + b"x",
    }.items():  # fmt: skip
        (tmp_path / name).write_bytes(content)
        assert seal_of(tmp_path / name, SIGNS) == "", name
    assert seal_of(tmp_path / "没有.xlsx", SIGNS) == ""
    assert refused(tmp_path / "截断.xlsx")[0] == "file_corrupt"


def test_a_broken_file_that_is_open_elsewhere_is_in_use(tmp_path: Path, xlsx: Make) -> None:
    path = xlsx(customers())
    (path.parent / f"~${path.name}").write_bytes(b"\x05Admin" + b" " * 159)
    assert open_elsewhere(path)
    assert read_file(path).sheets  # what reads is read
    path.write_bytes(path.read_bytes()[:800])
    assert refused(path)[0] == "in_use"


def test_the_trace_of_an_open_file_is_called_that(tmp_path: Path) -> None:
    mark = tmp_path / "~$月报.xlsx"
    mark.write_bytes(b"\x05Admin" + b" " * 159)
    assert is_mark(mark)
    assert refused(mark)[0] == "lock_file"
    assert not open_elsewhere(mark)
