"""Rows of a table read from its pages, without SQLite: SQLite's file format, as far as tables need it."""

import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from db.cipher_pages import USABLE

#: types of pages of a table
_INNER, _LEAF = 0x05, 0x0D
_WIDTHS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
Cell = int | float | str | bytes | None
Read = Callable[[int], bytes | None]


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as it is stored; NULL stands where its id does."""

    id: int
    cells: tuple[Cell, ...]


@dataclass(slots=True)
class TreeOfTable:
    """What can be reached of a table from its first page: its rows, the pages met, and what could not be read.

    `gaps`: the ids (from, to; None: without end) that hang below damaged inner pages; `lost_pages` and `lost_rows` count leaves
    whose rows are lost and single rows whose continuation is.
    """

    root: int
    rows: list[RawRow] = field(default_factory=list)
    met: set[int] = field(default_factory=set)
    gaps: list[tuple[int | None, int | None]] = field(default_factory=list)
    lost_pages: int = 0
    lost_rows: int = 0


def walk(read: Read, root: int) -> TreeOfTable:
    """Everything that can be reached of the table whose first page is `root`."""
    tree = TreeOfTable(root)
    ahead: list[tuple[int, int | None, int | None]] = [(root, None, None)]
    while ahead:
        number, low, high = ahead.pop()
        if number in tree.met:
            continue
        tree.met.add(number)
        page = read(number)
        kind = page[_start(number)] if page is not None else 0
        if page is None or kind not in (_INNER, _LEAF):
            tree.lost_pages += 1
            tree.gaps.append((low, high))
            continue
        try:
            if kind == _LEAF:
                rows, lost = rows_of(page, number, read)
                tree.rows += rows
                tree.lost_rows += lost
            else:
                ahead += reversed(list(_children(page, number, low, high)))
        except (IndexError, struct.error, ValueError):
            tree.lost_pages += 1
            tree.gaps.append((low, high))
    return tree


def _start(number: int) -> int:
    return 100 if number == 1 else 0


def _children(
    page: bytes, number: int, low: int | None, high: int | None
) -> Iterator[tuple[int, int | None, int | None]]:
    at = _start(number)
    for place in _places(page, at, 12):
        child = int.from_bytes(page[place : place + 4], "big")
        key, _end = _varint(page, place + 4)
        yield child, low, key
        low = key
    yield int.from_bytes(page[at + 8 : at + 12], "big"), low, high


def _places(page: bytes, at: int, head: int) -> tuple[int, ...]:
    count = int.from_bytes(page[at + 3 : at + 5], "big")
    return struct.unpack_from(f">{count}H", page, at + head)


def is_leaf(page: bytes | None, number: int) -> bool:
    """Whether a page holds rows of a table."""
    return page is not None and page[_start(number)] == _LEAF


def rows_of(page: bytes, number: int, read: Read) -> tuple[list[RawRow], int]:
    """The rows of a leaf, and how many of them cannot be read. Raises IndexError, ValueError or struct.error for what is no
    leaf."""
    rows: list[RawRow] = []
    lost = 0
    for place in _places(page, _start(number), 8):
        size, at = _varint(page, place)
        row_id, at = _varint(page, at)
        content = _content(page, at, size, read)
        if content is None:
            lost += 1
            continue
        try:
            rows.append(RawRow(_signed(row_id), tuple(_cells(content))))
        except (IndexError, ValueError):
            lost += 1
    return rows, lost


def _content(page: bytes, at: int, size: int, read: Read) -> bytes | None:
    """The bytes of a row, which may go on in other pages."""
    if size <= USABLE - 35:
        return page[at : at + size]
    least = (USABLE - 12) * 32 // 255 - 23
    here = least + (size - least) % (USABLE - 4)
    if here > USABLE - 35:
        here = least
    parts, left = [page[at : at + here]], size - here
    further = int.from_bytes(page[at + here : at + here + 4], "big")
    while left > 0:
        more = read(further)
        if more is None or len(parts) > size:
            return None
        parts.append(more[4 : 4 + min(left, USABLE - 4)])
        left -= USABLE - 4
        further = int.from_bytes(more[:4], "big")
    return b"".join(parts)


def _cells(content: bytes) -> Iterator[Cell]:
    head, at = _varint(content, 0)
    kinds: list[int] = []
    while at < head:
        kind, at = _varint(content, at)
        kinds.append(kind)
    at = head
    for kind in kinds:
        width = _width(kind)
        part = content[at : at + width]
        if len(part) != width:
            raise ValueError("a row that is cut off")
        at += width
        yield _value(kind, part)


def _width(kind: int) -> int:
    if kind >= 12:
        return (kind - 12) // 2
    return 8 if kind == 7 else _WIDTHS.get(kind, 0)


def _value(kind: int, part: bytes) -> Cell:
    if kind == 0:
        return None
    if kind in _WIDTHS:
        return int.from_bytes(part, "big", signed=True)
    if kind == 7:
        return float(struct.unpack(">d", part)[0])
    if kind in (8, 9):
        return kind - 8
    if kind < 12:
        raise ValueError("a kind of value that there is not")
    return part.decode() if kind % 2 else part


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = 0
    for _byte in range(8):
        byte = content[at]
        at += 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at
    return value << 8 | content[at], at + 1


def _signed(value: int) -> int:
    return value - 2**64 if value >= 2**63 else value


def strays(
    read: Read, numbers: Sequence[int], met: set[int], fits: Callable[[Sequence[RawRow]], str | None]
) -> dict[str, list[RawRow]]:
    """Rows of leaves to which no inner page leads any more, by the table that `fits` names for a leaf's rows."""
    by_table: dict[str, list[RawRow]] = {}
    for number in numbers:
        page = None if number in met else read(number)
        if page is None or not is_leaf(page, number):
            continue
        try:
            rows, _lost = rows_of(page, number, read)
        except (IndexError, struct.error, ValueError):
            continue
        if rows and (name := fits(rows)) is not None:
            by_table.setdefault(name, []).extend(rows)
    return by_table


def free_pages(read: Read) -> set[int] | None:
    """Pages that hold nothing any more, whatever still stands in them; None: it cannot be told which."""
    first = read(1)
    if first is None:
        return None
    free: set[int] = set()
    trunk = int.from_bytes(first[32:36], "big")
    while trunk:
        page = read(trunk)
        if page is None or trunk in free:
            return None
        free.add(trunk)
        count = int.from_bytes(page[4:8], "big")
        if count > USABLE // 4:
            return None
        free |= set(struct.unpack_from(f">{count}I", page, 8))
        trunk = int.from_bytes(page[:4], "big")
    return free
