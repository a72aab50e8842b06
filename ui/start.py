"""The quick way in: while Qt and the database are still loading, a second core derives the key of the book."""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from db import vault
from db.errors import BookError
from db.stores.address import names_server
from workbench.base.errors import WorkbenchError, said
from workbench.base.i18n import LANGUAGES
from workbench.base.pc import last_book


def run(book: Path | None = None, language: str | None = None, passphrase: str | None = None) -> int:
    """Open the window on a book (default: the last one); answers the exit status.

    A passphrase that is known already (a demonstration, WORKBENCH_PASSPHRASE) is not asked for.
    """
    gc.disable()  # nothing made while starting is garbage; later the window collects it
    told = passphrase or os.environ.get("WORKBENCH_PASSPHRASE")
    try:
        path = book or last_book()
    except WorkbenchError as error:  # no window can be asked without a place to look for a book
        if sys.stderr is not None:
            sys.stderr.write(error.sentence() + "\n")
        return 2
    if told:
        vault.derive_ahead(path, told)
    from ui.app import run as run_window

    return run_window(path, language, told)


def main(argv: Sequence[str] | None = None) -> int:
    """Entry of the gui script."""
    parser = argparse.ArgumentParser(prog="workbench-gui")
    parser.add_argument("book", nargs="?")
    parser.add_argument("--lang", choices=sorted(LANGUAGES))
    told = parser.parse_args(argv)
    if told.book is not None and names_server(told.book):
        if sys.stderr is not None:
            sys.stderr.write(said(BookError("window_needs_file")).sentence() + "\n")
        return 2
    return run(None if told.book is None else Path(told.book), told.lang)
