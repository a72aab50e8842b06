"""Wrong passphrases wait longer each time, up to a limit, and are told once to the next opening. No clock is waited for."""

import datetime as dt
from pathlib import Path

import pytest

from workbench.base.errors import WorkbenchError
from workbench.base.pc import settings_folder
from workbench.trust import attempts

BOOK = Path("/nowhere/张三的账本.book")
NOW = dt.datetime(2026, 12, 1, 9)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[dt.datetime]:
    now = [NOW]
    monkeypatch.setattr(attempts, "_now", lambda: now[0])
    return now


def test_the_third_wrong_one_waits_and_each_after_it_twice_as_long() -> None:
    waits = []
    for _ in range(12):
        attempts.failed(BOOK)
        waits.append(attempts.wait_for(BOOK))
    assert waits == [0, 0, 5, 10, 20, 40, 80, 160, 300, 300, 300, 300]
    assert attempts.wait_for(Path("/nowhere/other.book")) == 0
    with pytest.raises(WorkbenchError) as caught:
        attempts.check(BOOK)
    assert caught.value.code == "wait"
    assert "300 秒" in caught.value.message


def test_the_wait_goes_by_and_a_clock_set_back_makes_it_no_longer(clock: list[dt.datetime]) -> None:
    for _ in range(4):
        attempts.failed(BOOK)
    clock[0] = NOW + dt.timedelta(seconds=7)
    assert attempts.wait_for(BOOK) == 3
    clock[0] = NOW + dt.timedelta(seconds=10)
    assert attempts.wait_for(BOOK) == 0
    clock[0] = NOW - dt.timedelta(days=400)
    assert attempts.wait_for(BOOK) == 10


def test_they_are_told_once_and_the_file_names_neither_book_nor_passphrase() -> None:
    attempts.failed(BOOK)
    attempts.failed(BOOK)
    kept = (settings_folder() / "attempts.json").read_text("utf-8")
    assert "张三" not in kept
    assert "nowhere" not in kept
    assert attempts.opened(BOOK) == (NOW.isoformat(sep=" "),) * 2
    assert attempts.opened(BOOK) == ()


@pytest.mark.parametrize("content", ["", "[]", '{"a": 1}', "\x00", '{"a": [1, null]}'])
def test_a_damaged_file_counts_as_none(content: str) -> None:
    settings_folder().mkdir(parents=True, exist_ok=True)
    (settings_folder() / "attempts.json").write_text(content, "utf-8")
    assert attempts.wait_for(BOOK) == 0
    attempts.failed(BOOK)
    assert len(attempts.opened(BOOK)) == 1


def test_a_pc_that_takes_no_settings_lets_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "_file", lambda: Path("/dev/null/attempts.json"))
    attempts.failed(BOOK)
    assert attempts.wait_for(BOOK) == 0
