"""A person's small files: nothing that never ends is read, and no more than such a file can hold."""

import os
import sys
from pathlib import Path

import pytest

from workbench.base.errors import WorkbenchError
from workbench.base.holiday_files import read_notice
from workbench.base.small_files import NotSmall, small_bytes, small_text
from workbench.rules.parameters import Rules


def test_a_text_is_read_without_the_mark_at_its_head(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbf\xe5\xae\xa2")
    assert small_text(tmp_path / "a") == "客"


def test_what_is_too_large_is_not_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 11)
    assert small_bytes(tmp_path / "a", 11) == b"x" * 11
    with pytest.raises(NotSmall, match="没有读"):
        small_bytes(tmp_path / "a", 10)


@pytest.mark.skipif(sys.platform == "win32", reason="devices and pipes are of POSIX")
def test_a_pipe_and_an_endless_device_are_refused_behind_a_link_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "rules.toml").symlink_to("/dev/zero")
    for one in (tmp_path / "pipe", tmp_path / "rules.toml"):
        with pytest.raises(NotSmall):
            small_bytes(one)
        with pytest.raises(WorkbenchError, match="不是普通文件"):
            read_notice(one)
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path))
    (fault,) = Rules.load("general", {}).faults
    assert "不是普通文件" in fault.sentence()
