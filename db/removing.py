"""Removing for good: rows leave the book and all that undo and redo stand on, as if they had never been written.

What the journal keeps of other rows stays, so every other change can be undone and redone as before. The journal's runs of
inserts stay too: an id is never given to another row.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import add
from typing import TypeAlias

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    delete,
    func,
    insert,
    inspect,
    or_,
    select,
    update,
)
from sqlalchemy import table as sql_table

from db.content_seal import rewriting, tally
from db.dependencies import REFERRERS, portions
from db.erasing import erase
from db.images import Image, Images, runs
from db.record import NOTHING, batches, journal
from db.shapes import declared
from db.tables import DERIVED, TABLES, metadata
from db.values import Value, whole

#: Tables with a person's rows: every one that names a customer and is not computed.
OF_PERSONS = tuple(one for one in TABLES if declared(one).subject and one not in DERIVED)
#: Columns that name a person in a row about somebody else: the name goes, the row stays.
NAMED_BESIDE = frozenset({("prospects", "referrer_id")})
#: Columns that lead to a row of another table without a foreign key.
_LOOSE = {("prospects", "referral_id"): "referrals"}
#: Tables made while the program runs, with a row for each customer.
_LAYER = re.compile(r"tags_\d+|standing_(?!runs\b)[a-z]+")

#: Rows by table.
Rows: TypeAlias = Mapping[Table, Collection[int]]
#: Rows of a table, and what stands in some columns of theirs afterwards.
Blanked: TypeAlias = tuple[Table, tuple[int, ...], Mapping[str, Value]]


@dataclass(slots=True)
class Removed:
    """What a removal did: rows that went by table, texts that were covered by (table, column), and samples of these."""

    rows: Counter[str] = field(default_factory=Counter)
    texts: Counter[tuple[str, str]] = field(default_factory=Counter)
    #: (table, column, row) -> the text as it is now
    samples: dict[tuple[str, str, int], str] = field(default_factory=dict)

    @property
    def any(self) -> bool:
        """Whether anything went."""
        return bool(self.rows or self.texts)


@dataclass(frozen=True, slots=True)
class CoveredTexts:
    """CoveredTexts to be covered: in these columns, those that hold one of `needles`, as `covered` covers them."""

    columns: Mapping[Table, Collection[str]]
    needles: tuple[str, ...]
    covered: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Removal:
    """What is to go for good: rows by table, texts, columns of rows about others (`blank`: the rows, and what stands there
    afterwards), and what the history of imports keeps of rows of their files (`lines`: import -> row numbers).

    `marks` (kind, value): by what a later list recognises the person; `receipt`: the number of the receipt, '' without.
    """

    rows: Rows
    texts: tuple[CoveredTexts, ...] = ()
    blank: tuple[Blanked, ...] = ()
    lines: Mapping[int, Collection[int]] = field(default_factory=dict)
    marks: tuple[tuple[str, str], ...] = ()
    receipt: str = ""
    reason: str = ""


def removed(conn: Connection, what: Removal) -> Removed:
    """Remove it; see `Book.remove`."""
    done = Removed()
    # what is computed refers to what goes, and tells of it
    forget_computed(conn)
    for table, ids, blank in what.blank:
        erase(conn, table, ids, blank)
        done.texts[table.name, next(iter(blank))] += len(ids)
    remove(conn, what.rows, done)
    for texts in what.texts:
        cover(conn, texts, done)
    _forget_lines(conn, what.lines, done)
    return done


def kept_by_id(
    conn: Connection, table: Table, column: str, values: Collection[Value]
) -> dict[int, dict[str, Value]]:
    """Rows with one of the values in a column that the book keeps: in the table, or in an image of the journal."""
    rows: dict[int, dict[str, Value]] = {}
    for _entry, image in _images(conn, table):
        if column in image.columns:
            place = image.columns.index(column)
            rows |= {number: image.row(number) for number, row in image.rows.items() if row[place] in values}
    for part in _parts(values):
        for row in conn.execute(select(table).where(table.c[column].in_(part))).mappings():
            rows[row["id"]] = dict(row)
    return rows


def steps_of(conn: Connection, table: Table, ids: Collection[int]) -> list[dict[str, Value]]:
    """What updates changed in these rows: each step's cells before and after."""
    cells: list[dict[str, Value]] = []
    for part in portions(ids):
        query = select(journal.c.before, journal.c.after).where(
            journal.c.table_name == table.name, journal.c.op == "update", journal.c.row_id.in_(part),
            journal.c.after != NOTHING,
        )  # fmt: skip
        for before, after in conn.execute(query):
            cells += [json.loads(before), json.loads(after)]
    return cells


def rows_of(conn: Connection, customers_of: Collection[int]) -> dict[Table, set[int]]:
    """Every row about customers, by table: in the book, taken back, or deleted."""
    gone: dict[Table, set[int]] = {}
    for table in OF_PERSONS:
        for column in declared(table).subject:
            if (table.name, column) not in NAMED_BESIDE and (
                kept := kept_by_id(conn, table, column, customers_of)
            ):
                gone.setdefault(table, set()).update(kept)
    return gone


def remove(conn: Connection, rows: Rows, done: Removed) -> None:
    """Remove rows everywhere, those that refer to them too where they must; a reference that may be empty is emptied."""
    gone = _with_referrers(conn, rows)
    for table in reversed(metadata.sorted_tables):
        if ids := gone.get(table):
            _sever(conn, table, ids, gone)
            for part in portions(ids):
                _delete(conn, table, table.c.id.in_(part))
            _out_of_images(conn, table, ids)
            _out_of_steps(conn, table, ids)
            done.rows[table.name] += len(ids)


def forget_computed(conn: Connection) -> None:
    """Empty everything that is computed: it is made again from the rows that are left."""
    for table in reversed(DERIVED):
        conn.execute(delete(table))
    for name in inspect(conn).get_table_names():
        if _LAYER.fullmatch(name):
            conn.execute(delete(sql_table(name)))


def cover(conn: Connection, texts: CoveredTexts, done: Removed) -> None:
    """Cover texts in rows, images and steps alike."""
    if not texts.needles:
        return
    # what stands in JSON in JSON is escaped once more, but no needle has anything to escape
    sides = (journal.c.before, journal.c.after)
    hit = or_(*(side.contains(one, autoescape=True) for one in texts.needles for side in sides))
    stepped = set(conn.execute(select(journal.c.table_name).where(hit).distinct()).scalars())
    for table, names in texts.columns.items():
        if names:
            one = (conn, table, names, texts.needles, texts.covered, done)
            _cover_rows(*one)
            if declared(table).given:
                _cover_images(*one)
            if table.name in stepped:
                _cover_steps(*one)


def holding(
    conn: Connection, table: Table, names: Collection[str], needles: Collection[str]
) -> Iterator[tuple[int, str, str]]:
    """Rows in the book whose texts hold a needle: (row, column, text)."""
    listed = [table.c[name] for name in names]
    if not listed:
        return
    # one condition a needle over all columns: of more the parser of the database would have too many
    whole_row = reduce(add, (func.coalesce(column, "") + "\x1f" for column in listed))
    hit = or_(*(whole_row.contains(one, autoescape=True) for one in needles))
    for row in conn.execute(select(table.c.id, *listed).where(hit)).all():
        for name, value in zip(names, row[1:], strict=True):
            if isinstance(value, str) and any(one in value for one in needles):
                yield row[0], name, value


# -- rows --------------------------------------------------------------------------------------------------------


def _with_referrers(conn: Connection, rows: Rows) -> dict[Table, set[int]]:
    gone = {table: set(ids) for table, ids in rows.items() if ids}
    waiting = list(gone)
    while waiting:
        table = waiting.pop()
        for child, column in REFERRERS[table.name]:
            if column.nullable:
                continue
            below = set(kept_by_id(conn, child, column.name, gone[table])) - gone.get(child, set())
            if below:
                gone.setdefault(child, set()).update(below)
                waiting.append(child)
    return gone


def _sever(conn: Connection, table: Table, ids: set[int], gone: Mapping[Table, set[int]]) -> None:
    """Empty what refers to rows that go, in rows that stay."""
    referrers = [(child, column.name) for child, column in REFERRERS[table.name] if column.nullable]
    referrers += [
        (metadata.tables[name], column) for (name, column), to in _LOOSE.items() if to == table.name
    ]
    for child, name in referrers:
        staying = kept_by_id(conn, child, name, ids).keys() - gone.get(child, set())
        for part in portions(staying):
            with rewriting(conn, child, child.c.id.in_(part)):
                conn.execute(
                    update(child).where(child.c.id.in_(part), child.c[name].in_(ids)).values({name: None})
                )
        images = Images(conn)
        for entry, image in _images(conn, child):
            if name in image.columns:
                for number in image.rows:
                    if image.cell(number, name) in ids:
                        images.change(entry).change(number, name, None)
        images.close()
        _step_values(
            conn, child, {name}, lambda value: None if whole(value) in ids else value,
            journal.c.before.contains(f'"{name}"', autoescape=True),
        )  # fmt: skip


def _out_of_images(conn: Connection, table: Table, ids: set[int]) -> None:
    images = Images(conn)
    for entry, image in _images(conn, table, min(ids), max(ids)):
        if hit := ids & image.rows.keys():
            images.change(entry).split(hit)
    images.close()


def _out_of_steps(conn: Connection, table: Table, ids: set[int]) -> None:
    own = and_(journal.c.table_name == table.name, journal.c.op == "update")
    for part in portions(ids):
        _delete(conn, journal, and_(own, journal.c.row_id.in_(part), journal.c.after != NOTHING))
    claims = select(journal).where(
        own, journal.c.after == NOTHING, journal.c.row_id <= max(ids), journal.c.last_id >= min(ids)
    )
    for row in conn.execute(claims).mappings().all():
        run = range(row["row_id"], row["last_id"] + 1)
        if ids.isdisjoint(run):
            continue
        _delete(conn, journal, journal.c.id == row["id"])
        parts = [
            {**{name: row[name] for name in ("change_id", "table_name", "op", "before", "after")},
             "row_id": first, "last_id": last}
            for first, last in runs(set(run) - ids)
        ]  # fmt: skip
        for claim in parts:
            number = conn.execute(insert(journal).returning(journal.c.id), claim).scalar_one()
            tally(conn).added(journal, conn.execute(select(journal).where(journal.c.id == number)).all())


# -- texts -------------------------------------------------------------------------------------------------------


def covered_json(value: str, covered: Callable[[str], str]) -> str:
    """A text, or JSON in a text: its strings and keys covered, its numbers and form as they are."""
    if value[:1] in ("{", "["):
        try:
            body = json.loads(value)
        except ValueError:
            return covered(value)
        return json.dumps(_walked(body, covered), ensure_ascii=False)
    return covered(value)


#: A whole number in JSON from which on it may be a telephone or the number of a person.
_TELLING = 10_000_000


def _walked(body: object, covered: Callable[[str], str]) -> object:
    if isinstance(body, str):
        return covered_json(body, covered)
    if isinstance(body, int) and body >= _TELLING:
        return body if (new := covered(str(body))) == str(body) else new
    if isinstance(body, list):
        return [_walked(one, covered) for one in body]
    if isinstance(body, dict):
        return {covered(key): _walked(one, covered) for key, one in body.items()}
    return body


def _cover_rows(
    conn: Connection, table: Table, names: Collection[str], needles: Collection[str],
    covered: Callable[[str], str], done: Removed,
) -> None:  # fmt: skip
    for row_id, name, value in list(holding(conn, table, names, needles)):
        if (new := covered_json(value, covered)) != value:
            with rewriting(conn, table, table.c.id == row_id):
                conn.execute(update(table).where(table.c.id == row_id).values({name: new}))
            done.texts[table.name, name] += 1
            done.samples[table.name, name, row_id] = new


def _cover_images(
    conn: Connection, table: Table, names: Collection[str], needles: Collection[str],
    covered: Callable[[str], str], done: Removed,
) -> None:  # fmt: skip
    images = Images(conn)
    for entry, image in _images(conn, table):
        for name in set(names) & set(image.columns):
            for number in image.rows:
                value = image.cell(number, name)
                if not isinstance(value, str) or not any(one in value for one in needles):
                    continue
                if (new := covered_json(value, covered)) != value:
                    images.change(entry).change(number, name, new)
                    done.texts[table.name, name] += 1
    images.close()


def _cover_steps(
    conn: Connection, table: Table, names: Collection[str], needles: Collection[str],
    covered: Callable[[str], str], done: Removed,
) -> None:  # fmt: skip
    def new(value: Value) -> Value:
        return covered_json(value, covered) if isinstance(value, str) else value

    hit = [
        side.contains(one, autoescape=True) for one in needles for side in (journal.c.before, journal.c.after)
    ]
    count = _step_values(conn, table, set(names), new, or_(*hit))
    if count:
        done.texts[table.name, "journal"] += count


def _step_values(
    conn: Connection, table: Table, names: set[str], new: Callable[[Value], Value], where: object
) -> int:
    steps = select(journal.c.id, journal.c.before, journal.c.after).where(
        journal.c.table_name == table.name, journal.c.op == "update", journal.c.after != NOTHING, where,  # type: ignore[arg-type]
    )  # fmt: skip
    count = 0
    for entry, before, after in conn.execute(steps.order_by(journal.c.id)).all():
        sides = {"before": json.loads(before), "after": json.loads(after)}
        turned = {
            side: {name: new(value) if name in names else value for name, value in cells.items()}
            for side, cells in sides.items()
        }
        if turned != sides:
            values = {side: json.dumps(cells, ensure_ascii=False) for side, cells in turned.items()}
            with rewriting(conn, journal, journal.c.id == entry):
                conn.execute(update(journal).where(journal.c.id == entry).values(values))
            count += 1
    return count


def _forget_lines(conn: Connection, lines: Mapping[int, Collection[int]], done: Removed) -> None:
    """Take out of the history of imports what it tells of some rows of their files: faults and cells typed over."""
    for batch, rows in lines.items():
        kept = conn.execute(select(batches.c.problems, batches.c.edits).where(batches.c.id == batch)).first()
        for name, value in zip(("problems", "edits"), kept or (), strict=False):
            listed = json.loads(value) if value else []
            left = [one for one in listed if not (isinstance(one, dict) and one.get("row") in rows)]
            if len(left) < len(listed):
                body = json.dumps(left, ensure_ascii=False)
                with rewriting(conn, batches, batches.c.id == batch):
                    conn.execute(update(batches).where(batches.c.id == batch).values({name: body}))
                done.texts[batches.name, name] += len(listed) - len(left)


# -- beneath -----------------------------------------------------------------------------------------------------


def _delete(conn: Connection, table: Table, where: ColumnElement[bool]) -> None:
    tally(conn).gone(table, conn.execute(select(table).where(where)).all())
    conn.execute(delete(table).where(where))


def _images(
    conn: Connection, table: Table, first: int | None = None, last: int | None = None
) -> Iterator[tuple[int, Image]]:
    packed = select(journal.c.id, journal.c.images).where(
        journal.c.table_name == table.name, journal.c.images.is_not(None)
    )
    if first is not None and last is not None:
        packed = packed.where(journal.c.row_id <= last, journal.c.last_id >= first)
    for entry, image in conn.execute(packed.order_by(journal.c.id)).all():
        yield entry, Image.unpack(image)


def _parts(values: Collection[Value]) -> Iterator[list[Value]]:
    listed = list(values)
    for start in range(0, len(listed), 500):
        yield listed[start : start + 500]
