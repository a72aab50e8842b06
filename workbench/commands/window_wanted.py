"""`WindowWanted`: what ends the command line and opens the window."""

from pathlib import Path


class WindowWanted(Exception):
    """Raised to end the command line and open the window on a book (None: the usual one). Not a failure."""

    def __init__(self, book: Path | None, passphrase: str | None = None) -> None:
        super().__init__()
        self.book = book
        self.passphrase = passphrase
