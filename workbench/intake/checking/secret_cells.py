"""Passwords, CVV and track data in cells (C3 of JR/T 0171-2020): found, dropped, never shown."""

from collections.abc import Mapping

from workbench.intake.checking.work import Work, any_of
from workbench.intake.reading.frames import Cell
from workbench.rules.parameters import Rules

#: kinds of fields that take any text; unreadable cells of other kinds pass `Work.left_aside`
_FREE = frozenset({"text", "name", "level", "id", "idcard"})


def drop_secrets(work: Work) -> None:
    """Blank out what looks like a secret in text fields and kept columns; the warning does not repeat it."""
    pattern = work.secret
    for key, parsed in work.parsed.items():
        if work.catalogue[key].kind not in _FREE or not pattern.search(work.texts(key)):
            continue
        secrets = frozenset(text for text in parsed.texts if pattern.search(text))
        match = work.match(key)
        if match is not None:
            cells = work.cells(match.index)
            column = work.columns.get(key)
            for row, cell in enumerate(cells):
                if cell in secrets:
                    if column is not None:
                        column[row] = None
                    work.warn(row, match.header, "secret_cell", None)
            work.secrets[match.index] = frozenset(text.strip() for text in secrets)
    for match in work.kept:
        cells = work.cells(match.index)
        texts = {cell for cell in set(cells) if cell.__class__ is str}
        if pattern.search("\n".join(texts)):
            secrets = frozenset(text for text in texts if pattern.search(text))
            work.secrets[match.index] = frozenset(text.strip() for text in secrets)
            for row, cell in enumerate(cells):
                if cell in secrets:
                    work.warn(row, match.header, "secret_cell", None)


def is_secret(secrets: Mapping[int, frozenset[str]], index: int, cell: Cell) -> bool:
    """Whether a cell of a column was recognised as a secret (`AcceptedRows.secrets`)."""
    return isinstance(cell, str) and cell.strip() in secrets.get(index, ())


def without_secret(text: str, rules: Rules) -> str:
    """A cell for the screen: '' when it looks like a secret, even before the sheet was checked."""
    return "" if any_of(rules.words("intake.secret_patterns")).search(text) else text
