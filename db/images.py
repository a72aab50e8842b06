"""Images: whole rows that were taken out of the book, packed into the journal, and put back exactly as they were."""

import json
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, Table, bindparam, delete, select, update

from db.content_seal import as_kept, rewriting, tally
from db.record import journal
from db.stores.store import store_of
from db.values import Value

#: Longest run of ids in one journal row: bounds the image that an undo packs at once.
RUN = 20_000


@dataclass(slots=True)
class Image:
    """Rows by id; each row's cells in the order of `columns`."""

    columns: list[str] = field(default_factory=list)
    rows: dict[int, list[Value]] = field(default_factory=dict)

    def cell(self, row_id: int, column: str) -> Value:
        """One cell; None in a column that the image lacks."""
        return self.rows[row_id][self.columns.index(column)] if column in self.columns else None

    def change(self, row_id: int, column: str, value: Value) -> None:
        """Set one cell, adding the column where the image lacks it."""
        self._widen([column])
        self.rows[row_id][self.columns.index(column)] = value

    def row(self, row_id: int) -> dict[str, Value]:
        """A row by column."""
        return dict(zip(self.columns, self.rows[row_id], strict=True))

    def split(self, ids: Iterable[int]) -> "Image":
        """Move some rows into an image of their own."""
        return Image(list(self.columns), {row_id: self.rows.pop(row_id) for row_id in list(ids)})

    def join(self, other: "Image") -> None:
        """Take the rows of another image over."""
        if not self.rows:
            self.columns, self.rows = other.columns, other.rows
            return
        self._widen(other.columns)
        places = [other.columns.index(name) if name in other.columns else None for name in self.columns]
        for row_id, row in other.rows.items():
            self.rows[row_id] = [None if place is None else row[place] for place in places]

    def _widen(self, names: Iterable[str]) -> None:
        for name in names:
            if name not in self.columns:
                self.columns.append(name)
                for row in self.rows.values():
                    row.append(None)

    def pack(self) -> bytes | None:
        """None for no rows; columns without any value are left out."""
        if not self.rows:
            return None
        rows = [self.rows[row_id] for row_id in sorted(self.rows)]
        used = [n for n, cells in enumerate(zip(*rows, strict=True)) if cells.count(None) < len(cells)]
        body = {"columns": [self.columns[n] for n in used], "rows": [[row[n] for n in used] for row in rows]}
        return zlib.compress(json.dumps(body, ensure_ascii=False).encode(), 1)

    @staticmethod
    def unpack(packed: bytes | None) -> "Image":
        """The image that `pack` made; None is an empty one."""
        if packed is None:
            return Image()
        body = json.loads(zlib.decompress(packed))
        place = body["columns"].index("id")
        return Image(body["columns"], {row[place]: row for row in body["rows"]})


class Images:
    """The images of the journal while a change is reversed; what was changed is written by `close`."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._open: dict[int, Image] = {}
        self._changed: set[int] = set()

    def look(self, entry: int) -> Image:
        """The image of a journal row; not to be changed."""
        if entry not in self._open:
            packed = self._conn.execute(select(journal.c.images).where(journal.c.id == entry)).scalar()
            self._open[entry] = Image.unpack(packed)
        return self._open[entry]

    def change(self, entry: int) -> Image:
        """The image of a journal row, to be changed."""
        self._changed.add(entry)
        return self.look(entry)

    def close(self, entries: Collection[int] | None = None) -> None:
        """Write what changed of some images, or of all, and forget them."""
        for entry in list(self._open) if entries is None else entries:
            image = self._open.pop(entry, None)
            if image is not None and entry in self._changed:
                self._changed.discard(entry)
                values = {"images": image.pack()}
                with rewriting(self._conn, journal, journal.c.id == entry):
                    self._conn.execute(update(journal).where(journal.c.id == entry).values(values))


def runs(ids: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Unbroken runs of ids as (first, last), none longer than RUN."""
    ordered = sorted(set(ids))
    start = 0
    for n, row_id in enumerate(ordered):
        if n + 1 == len(ordered) or ordered[n + 1] != row_id + 1 or n + 1 - start == RUN:
            yield ordered[start], row_id
            start = n + 1


def take(conn: Connection, table: Table, ids: Collection[int]) -> Image:
    """Take rows out of the book; ids that are not there are passed over."""
    if not ids:
        return Image()
    keys = [column.name for column in table.columns]
    parts = list(runs(ids))
    one = (
        select(table).where(table.c.id.between(bindparam("_first"), bindparam("_last"))).order_by(table.c.id)
    )
    rows_by_id: dict[int, list[Value]] = {}
    # many short runs are read in one sweep: one statement for each would cost more than reading the rows between them
    sweep = (
        [(parts[0][0], parts[-1][1])]
        if len(parts) > 50 and len(ids) * 20 > parts[-1][1] - parts[0][0]
        else parts
    )
    wanted = set(ids) if sweep is not parts else None
    for first, last in sweep:
        for row in conn.execute(one, {"_first": first, "_last": last}):
            if wanted is None or row[0] in wanted:
                rows_by_id[row[0]] = list(row)
    if rows_by_id:
        tally(conn).gone(table, rows_by_id.values())
        gone = delete(table).where(table.c.id.between(bindparam("_first"), bindparam("_last")))
        conn.execute(gone, [{"_first": first, "_last": last} for first, last in parts])
    return Image(keys, rows_by_id)


def put(conn: Connection, table: Table, image: Image) -> None:
    """Put rows back exactly as they were."""
    if not image.rows:
        return
    names = [column.name for column in table.columns if column.name in image.columns]
    kept = [as_kept(table, image.row(row_id)) for row_id in sorted(image.rows)]
    places = [image.columns.index(name) for name in names]
    rows: Iterator[Sequence[Value]] = (image.rows[row_id] for row_id in sorted(image.rows))
    if names != image.columns:
        rows = ([row[n] for n in places] for row in rows)
    store_of(conn).insert_rows(conn, table, names, rows)
    tally(conn).added(table, kept)
