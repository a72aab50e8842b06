"""No failure to open a file is told as damage, whenever it comes; the reading process knows nothing of the workbench's."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.workbench.intake.conftest import customers, write_xlsx
from workbench.base.errors import WorkbenchError
from workbench.intake.reading import child, process, reader
from workbench.intake.reading.doors import refusal_of
from workbench.intake.reading.reader import read_file


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_xlsx(tmp_path / "月报.xlsx", [("客户清单", customers())])


def _refused(path: Path) -> str:
    with pytest.raises(WorkbenchError) as caught:
        read_file(path)
    assert "损坏" not in caught.value.sentence()
    assert caught.value.hint
    return caught.value.code


def _before_the_child(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Something happens to the file after it was looked at and before the reading process opens it."""
    begin = process._started

    def late(wish: dict[str, object]) -> Any:
        act()
        return begin(wish)

    monkeypatch.setattr(process, "_started", late)


def test_a_file_that_vanishes_on_the_way(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _before_the_child(monkeypatch, path.unlink)
    assert _refused(path) == "file_missing"


def test_a_file_that_becomes_a_folder_on_the_way(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def swap() -> None:
        path.unlink()
        path.mkdir()

    _before_the_child(monkeypatch, swap)
    assert _refused(path) == "is_folder"


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no user ids on this system")
def test_a_file_that_one_may_not_read(path: Path) -> None:
    path.chmod(0)
    me = os.geteuid()
    try:
        if me == 0:
            os.seteuid(65_534)  # root may read everything
        assert _refused(path) == "no_permission"
    finally:
        os.seteuid(me)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOENT, "file_missing"), (errno.ENOTDIR, "file_missing"), (errno.EACCES, "no_permission"),
        (errno.EPERM, "no_permission"), (errno.ENAMETOOLONG, "name_too_long"), (errno.EISDIR, "is_folder"),
        (errno.ENXIO, "not_a_file"), (errno.EIO, "device_failed"), (errno.EMFILE, "device_failed"),
    ],
)  # fmt: skip
def test_what_the_system_says_is_a_sentence_before_and_in_the_reading_process(
    path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def refuse(*_args: object, **_more: object) -> Any:
        raise OSError(number, os.strerror(number))

    # in the reading process: it asks again, and says what it hears
    seen = child._refused(path / "x" if number == errno.ENOTDIR else path, OSError(number, ""))
    assert seen is None or refusal_of(seen) == code
    monkeypatch.setattr(Path, "open", refuse)
    assert refusal_of(child._refused(path, ValueError("cut off")) or OSError()) == code
    assert _refused(path) == code


def test_content_that_a_library_cannot_read_is_still_damage(path: Path) -> None:
    assert child._refused(path, OSError("not a zip")) is None
    assert child._refused(path, OSError(errno.EINVAL, "seek")) is None
    assert child._refused(path, OSError(errno.EIO, "read")) is not None


def test_a_file_that_excel_holds_on_windows() -> None:
    held = OSError(errno.EACCES, "")
    held.winerror = 32  # type: ignore[attr-defined]
    assert refusal_of(held) == "in_use"
    assert "占用" in reader.refusal(Path("月报.xlsx"), "in_use", {}).message


def test_a_reading_process_that_does_not_start_says_nothing_of_the_file(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "CHILD", "no_such_module")
    assert _refused(path) == "reader_failed"
    monkeypatch.setattr(process.sys, "executable", str(path))
    assert _refused(path) == "reader_failed"


def test_the_reading_process_gets_nothing_secret(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[dict[str, str]] = []
    begin = process.subprocess.Popen

    def noted(*args: Any, **more: Any) -> Any:
        given.append(more["env"])
        made = begin(*args, **more)
        place = Path(f"/proc/{made.pid}/environ")
        if place.exists():
            assert "天知地知".encode() not in place.read_bytes()
        return made

    monkeypatch.setenv("WORKBENCH_PASSPHRASE", "天知地知")
    monkeypatch.setenv("PYTHONPATH", os.path.relpath(path.parent))
    monkeypatch.setattr(process.subprocess, "Popen", noted)
    assert read_file(path).sheets
    (env,) = given
    assert not [name for name in env if name.startswith("WORKBENCH_")]
    assert all(Path(one).is_absolute() for one in env["PYTHONPATH"].split(os.pathsep))


def test_a_folder_that_is_gone_under_one_s_feet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "去").mkdir()
    monkeypatch.chdir(tmp_path / "去")
    (tmp_path / "去").rmdir()
    assert _refused(Path("月报.xlsx")) == "file_missing"
