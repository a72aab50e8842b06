"""Where an import starts: files are dropped or chosen, several at a time."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.ui.bot import Bot
from ui.pages.imports.start import DropPlace

BUTTON, KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def place(qtbot: Bot) -> DropPlace:
    made = DropPlace()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def dropped(place: DropPlace) -> list[list[Path]]:
    files: list[list[Path]] = []
    place.dropped.connect(files.append)
    return files


def carried(*urls: QUrl) -> QMimeData:
    data = QMimeData()
    data.setUrls(list(urls))
    return data


def enter(place: DropPlace, data: QMimeData) -> bool:
    """Whether what is carried over the place may be dropped there."""
    event = QDragEnterEvent(QPoint(10, 10), Qt.DropAction.CopyAction, data, BUTTON, KEYS)
    event.ignore()
    QApplication.sendEvent(place, event)
    return event.isAccepted()


def drop(place: DropPlace, data: QMimeData) -> None:
    enter(place, data)
    QApplication.sendEvent(place, QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, data, BUTTON, KEYS))


def test_several_files_are_taken_at_once_in_their_order(
    place: DropPlace, dropped: list[list[Path]], tmp_path: Path
) -> None:
    files = [tmp_path / name for name in ("名单_09.xlsx", "名单_10.xls")]
    data = carried(*(QUrl.fromLocalFile(str(file)) for file in files))
    drop(place, data)
    assert dropped == [files]
    assert place.property("over") == "false", "the frame is quiet again"


def test_the_frame_says_that_files_can_be_dropped(place: DropPlace, tmp_path: Path) -> None:
    data = carried(QUrl.fromLocalFile(str(tmp_path / "a.xlsx")))
    assert enter(place, data)
    assert place.property("over") == "true"
    QApplication.sendEvent(place, QDragLeaveEvent())
    assert place.property("over") == "false"


def test_what_is_no_file_of_this_pc_is_not_taken(place: DropPlace, dropped: list[list[Path]]) -> None:
    text = QMimeData()
    text.setText("0000100001")
    assert not enter(place, text)
    far = carried(QUrl("https://bank.example/list.xlsx"))
    drop(place, far)
    assert dropped == []


@pytest.mark.parametrize("chosen", [[], ["/a/名单.xlsx", "/a/到期.csv"]])
def test_chosen_files_are_taken_and_giving_up_takes_none(
    place: DropPlace, dropped: list[list[Path]], monkeypatch: pytest.MonkeyPatch, chosen: list[str]
) -> None:
    filters: list[str] = []

    def choose(_over: object, _title: str, _folder: str, kinds: str) -> tuple[list[str], str]:
        filters.append(kinds)
        return chosen, ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
    place.choose.click()
    assert dropped == ([[Path(name) for name in chosen]] if chosen else [])
    for ending in ("*.xlsx", "*.xls", "*.csv", "*.ods", "*.et"):
        assert ending in filters[0]
