"""One list of pages: what stands at the left, in the search box and under a shortcut follows from it."""

import inspect
from importlib import import_module

import pytest
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton

from tests.ui.conftest import Settle
from ui import registry
from ui.main_window import MainWindow
from ui.page import Page
from ui.registry import BY_NAME, LISTED, PAGES, PageEntry, taken_twice
from ui.widgets.icons import icon


def plain(keys: QKeySequence) -> str:
    return keys.toString(QKeySequence.SequenceFormat.PortableText)


def pressed(window: MainWindow) -> list[str]:
    """Every shortcut that the window or something on its pages listens to while that page is shown."""
    own = [keys for act in window.actions() for keys in act.shortcuts()]
    own += [made.shortcut() for made in window.navigation.findChildren(QAbstractButton)]
    return [plain(keys) for keys in own if not keys.isEmpty()]


def on_page(page: Page) -> list[str]:
    found = [keys for act in page.findChildren(QAction) for keys in act.shortcuts()]
    found += [made.key() for made in page.findChildren(QShortcut)]
    found += [made.shortcut() for made in page.findChildren(QAbstractButton)]
    return [plain(keys) for keys in found if not keys.isEmpty()]


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.name)
def test_every_page_has_its_class_its_icon_and_its_words(entry: PageEntry) -> None:
    kind = getattr(import_module(entry.module), entry.kind)
    assert issubclass(kind, Page)
    assert ("pc" in inspect.signature(kind).parameters) == entry.of_pc
    assert entry.title()
    assert entry.under in ("", *(other.name for other in LISTED))
    for keys in entry.shortcuts:
        assert plain(QKeySequence(keys)) == keys, "what Qt cannot read is never pressed"
    if not entry.under:
        assert entry.words
        assert entry.shortcuts


def test_a_shortcut_given_twice_keeps_the_window_from_being_built(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    for taken in ("Ctrl+1", "Ctrl+K"):  # that of a page, that of the window
        more = PageEntry("other", lambda: "其他", "stack", "other", (taken,))
        monkeypatch.setattr("ui.main_window.PAGES", (*PAGES, more))
        with pytest.raises(ValueError, match="Ctrl"):
            MainWindow(window.workbench, window.tasks, window.pc, window.steps)
    assert taken_twice(["F5", "F6"]) == set()


def test_navigation_search_and_shortcuts_hold_every_page_once(window: MainWindow, settle: Settle) -> None:
    assert list(window.navigation.buttons) == [entry.name for entry in LISTED]
    assert {BY_NAME[entry.icon].title() for entry in window.search.entries if entry.icon in BY_NAME} == {
        entry.title() for entry in LISTED
    }
    for entry in PAGES:
        assert not icon(entry.name).isNull()
    listened = pressed(window)
    assert not taken_twice(listened)
    assert set(listened) >= {keys for entry in PAGES for keys in entry.shortcuts}
    assert set(listened) >= {entry.shortcut for entry in window.search.entries if entry.shortcut}
    for entry in PAGES:
        page = window.open_page(entry.name)
        assert not taken_twice([*listened, *on_page(page)]), entry.name
        under = window.navigation.buttons[entry.under or entry.name]
        assert under.isChecked()
    settle()
    assert registry.FIRST in window.pages
