"""What can go wrong with a book file, as codes; the middle floor puts them into words."""

from typing import Any


class BookError(Exception):
    """A failure of the book itself. Codes: missing, exists, wrong_passphrase, not_a_book, newer, locked,
    read_only, disk_full, changed_later, needed_later, state, no_such_change, damaged."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
