"""The quick way in: while Qt and the database are still loading, a second core derives the key of the book."""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from db import unlocking
from db.errors import BookError
from db.stores.address import names_server
from ui.loading import load
from workbench.base.errors import WorkbenchError, worded
from workbench.base.i18n import LANGUAGES
from workbench.base.pc import last_book


def run(book: Path | None = None, language: str | None = None, passphrase: str | None = None) -> int:
    """Open the window on a book (default: the last one); answers the exit status.

    A passphrase that is known already (a demonstration, WORKBENCH_PASSPHRASE) is not asked for.
    """
    gc.disable()  # nothing made while starting is garbage; later the window collects it
    known_passphrase = passphrase or os.environ.get("WORKBENCH_PASSPHRASE")
    try:
        path = book or last_book()
    except WorkbenchError as error:  # without a place for books no window can open
        if sys.stderr is not None:
            sys.stderr.write(error.sentence() + "\n")
        return 2
    if known_passphrase:
        unlocking.derive_ahead(path, known_passphrase)
    load(typed=known_passphrase is None)
    from ui.app import run as run_window

    return run_window(path, language, known_passphrase)


def main(argv: Sequence[str] | None = None) -> int:
    """Entry point of the gui script: `workbench-gui [BOOK] [--lang zh|en]`; the exit status is returned."""
    parser = argparse.ArgumentParser(prog="workbench-gui")
    parser.add_argument("book", nargs="?")
    parser.add_argument("--lang", choices=sorted(LANGUAGES))
    arguments = parser.parse_args(argv)
    if arguments.book is not None and names_server(arguments.book):
        if sys.stderr is not None:
            sys.stderr.write(worded(BookError("window_needs_file")).sentence() + "\n")
        return 2
    return run(None if arguments.book is None else Path(arguments.book), arguments.lang)
