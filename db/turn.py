"""One reversal under way: which rows leave the book and which come in.

Which rows are in the book follows from the changes in force alone: a row is there when something in the book refers to
it, or when it was made (or changed) by a change in force and no later one deleted it. A row that is there although its
own change is undone is *kept*; one whose place a later row has taken *waits*, its own change undone or not. Both stand
in their entry's `kept` count and are looked at again at every reversal.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, select, update
from sqlalchemy.exc import IntegrityError

from db import dependencies
from db.content_seal import rewriting
from db.dependencies import PARENTS, REFERRERS, Entry, Owners, entries
from db.errors import BookError
from db.images import Image, Images, put, take
from db.record import journal
from db.tables import metadata
from db.values import Json, Value, whole

#: Most kept cells and rows that are listed one by one; the rest are only counted.
LISTED = 10_000


@dataclass(frozen=True, slots=True)
class Kept:
    """A cell (or with `column` None a row) that stayed as it is because `change` stands on it."""

    table: str
    row_id: int
    column: str | None
    value_now: Value
    change: int | None


class Turn:
    """One reversal under way. `pulled` are rows taken out for the moment because their place changes, `away` the rows
    whose cells were turned outside the book, with the journal row that holds their image."""

    def __init__(self, conn: Connection, change: int, *, forward: bool, lenient: bool) -> None:
        self.conn = conn
        self.change = change
        self.forward = forward
        self.images = Images(conn)
        self.touched: set[str] = set()
        self.kept: list[Kept] = []
        self.kept_count = 0
        self.pulled: defaultdict[str, Image] = defaultdict(Image)
        self.away: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._lenient = lenient
        self._owners = Owners(conn)
        self._own = entries(conn, journal.c.change_id == change)
        #: inserts and deletes whose rows may stand against their change's state
        self._marked = {entry.id: entry for entry in entries(conn, journal.c.kept.is_not(None))}
        self._marked |= {entry.id: entry for entry in self._own}
        #: this change's rows that did not go or come, with the change that stands on them
        self._stayed: dict[tuple[str, int], int | None] = {}
        self._evicted = False

    def turn_rows(self) -> None:
        """Take rows out and put rows in, again until no row that stays depends on one that left."""
        while True:
            self._evicted = False
            self._stayed.clear()
            self._go_out()
            self._come_in()
            if not self._evicted:
                break
        self.images.close()
        self._count_kept()
        for (name, row_id), change in sorted(self._stayed.items()):
            self.keep(metadata.tables[name], row_id, None, None, change)

    def demand_lenient(self, code: str, **facts: Json) -> None:
        """Raise unless later changes are to be kept."""
        if not self._lenient:
            raise BookError(code, **facts)

    def keep(self, table: Table, row_id: int, column: str | None, value: Value, change: int | None) -> None:
        """List something that stayed."""
        self.kept_count += 1
        if len(self.kept) < LISTED:
            self.kept.append(Kept(table.name, row_id, column, value, change))

    # -- out of the book -----------------------------------------------------------------------------------

    def _go_out(self) -> None:
        leaving = [entry for entry in self._marked.values() if entry.outward]
        places = {table.name: n for n, table in enumerate(metadata.sorted_tables)}
        # referring rows before those they refer to; of a row's deletion and its insert the deletion keeps the image
        leaving.sort(key=lambda entry: (-places[entry.table], entry.op == "insert", -entry.id))
        for entry in leaving:
            self._out(metadata.tables[entry.table], entry)

    def _out(self, table: Table, entry: Entry) -> None:
        here = dependencies.present(self.conn, table, entry.first, entry.last)
        if not here:
            return
        newer = dependencies.updated(self.conn, table, entry.first, entry.last, after=entry.id)
        users = dependencies.referenced(self.conn, table, entry.first, entry.last)
        stay = here & (newer.keys() | users.keys())
        if stay and entry.change == self.change:
            self.demand_lenient("needed_later", change=self.change)
            for row_id in stay:
                self._stayed[table.name, row_id] = self._needing(row_id, newer, users)
        if gone := here - stay:
            self.images.change(entry.id).join(take(self.conn, table, gone))
            self.touched.add(table.name)
        self.images.close([entry.id])

    def _needing(
        self, row_id: int, newer: dict[int, tuple[int, int]], users: dict[int, tuple[Table, int]]
    ) -> int | None:
        if row_id in newer:
            return newer[row_id][1]
        owner = self._owners.of(*users[row_id])
        return owner.change if owner else None

    # -- into the book -------------------------------------------------------------------------------------

    def _come_in(self) -> None:
        for table in metadata.sorted_tables:
            coming = [
                entry for entry in self._marked.values() if entry.table == table.name and not entry.outward
            ]
            for entry in sorted(coming, key=lambda entry: entry.id):
                self._in(table, entry)
            for entry in [one for one in self._marked.values() if one.table == table.name and one.outward]:
                if waiting := self._waiting(table, entry):
                    self._place(table, self.images.change(entry.id).split(waiting))
                self.images.close([entry.id])
            if self.forward and (away := self.away.get(table.name)):
                for holder in sorted(set(away.values())):
                    self._again(table, [row_id for row_id, entry in away.items() if entry == holder], holder)
            pulled = self.pulled.pop(table.name, None)
            if pulled is not None and pulled.rows:
                self._place(table, pulled, lively=True)

    def _in(self, table: Table, entry: Entry) -> None:
        image = self.images.look(entry.id)
        if image.rows:
            self._place(table, self.images.change(entry.id).split(image.rows), entry)
        self.images.close([entry.id])

    def _waiting(self, table: Table, entry: Entry) -> list[int]:
        """Rows of an undone insert that a change in force still changes, but whose place was taken: they come once it is free."""
        if entry.op != "insert" or not (image := self.images.look(entry.id)).rows:
            return []
        newer = dependencies.updated(self.conn, table, entry.first, entry.last)
        gone = dependencies.deletions(self.conn, table, entry.first, entry.last) if newer else []
        return [
            row_id
            for row_id, (update_id, _change) in newer.items()
            if row_id in image.rows
            and not any(one.first <= row_id <= one.last and one.id > update_id for one in gone)
        ]

    def _again(self, table: Table, ids: Collection[int], holder: int) -> None:
        """Rows out of the book whose cells were redone: a change in force may need them now."""
        image = self.images.look(holder)
        if still := [row_id for row_id in ids if row_id in image.rows]:
            self._place(table, self.images.change(holder).split(still))

    def _place(
        self, table: Table, image: Image, source: Entry | None = None, *, lively: bool = False
    ) -> None:
        """Put rows into the book, except those that an undone insert or a deletion in force keeps out: they go to its image."""
        first, last = min(image.rows), max(image.rows)
        gone = dependencies.deletions(self.conn, table, first, last)
        if not gone and source is not None and source.op == "insert":
            self._put(table, image)
            return
        newer = dependencies.updated(self.conn, table, first, last)
        users = dependencies.referenced(self.conn, table, first, last) if lively else {}
        elsewhere: defaultdict[int, list[int]] = defaultdict(list)
        for row_id in image.rows:
            grave = next((entry for entry in gone if entry.first <= row_id <= entry.last), None)
            holder = grave or self._owners.of(table, row_id)
            if holder is None or not holder.outward:
                continue
            self._marked[holder.id] = holder
            if row_id not in users and newer.get(row_id, (0, 0))[0] < (grave.id if grave else 1):
                elsewhere[holder.id].append(row_id)
        for entry_id, ids in elsewhere.items():
            self.images.change(entry_id).join(image.split(ids))
        self._put(table, image)

    def _put(self, table: Table, image: Image) -> None:
        """Insert rows, then whatever they refer to; rows whose unique key is taken wait."""
        if not image.rows:
            return
        self.touched.add(table.name)
        try:
            with self.conn.begin_nested():
                put(self.conn, table, image)
        except IntegrityError:
            self._put_where_free(table, image)
        for parent, column in PARENTS[table.name]:
            cells = (whole(image.cell(row_id, column.name)) for row_id in image.rows)
            named = {other for other in cells if other is not None}
            lacking = dependencies.missing(self.conn, parent, named)
            if lacking and (lost := self._bring(parent, lacking)):
                # a parent waits for its unique key, so its rows wait too
                self._wait_in_place(table, column.name, lost)

    def _bring(self, table: Table, ids: set[int]) -> set[int]:
        """Bring rows back that rows in the book refer to; returns those that could not come."""
        self.demand_lenient("needed_later", change=self.change)
        for holder, part in self.locate(table, ids).items():
            self._put(table, self.images.change(holder).split(part))
        return dependencies.missing(self.conn, table, ids)

    def locate(self, table: Table, ids: Collection[int]) -> dict[int, list[int]]:
        """Rows that are out of the book, by the journal row that holds their image; it is marked."""
        by_holder: defaultdict[int, list[int]] = defaultdict(list)
        if not ids:
            return by_holder
        graves = dependencies.deletions(self.conn, table, min(ids), max(ids))
        # rows of this change's own deletions are in its images until they are put back
        graves += [entry for entry in self._own if entry.op == "delete" and entry.table == table.name]
        for row_id in sorted(ids):
            owner = self._owners.of(table, row_id)
            holders = [*graves, *([owner] if owner else [])]
            for entry in holders:
                if entry.first <= row_id <= entry.last and row_id in self.images.look(entry.id).rows:
                    self._marked[entry.id] = entry
                    by_holder[entry.id].append(row_id)
                    break
            else:
                raise BookError("changed_later", changes=[])
        return by_holder

    # -- two rows for one place ----------------------------------------------------------------------------

    def _put_where_free(self, table: Table, image: Image) -> None:
        """Of two rows with one unique key (a customer's month, a number) the later one is in the book and the earlier waits,
        unless a change later than both depends on the earlier."""
        taken = dependencies.conflicts(self.conn, table, [image.row(row_id) for row_id in sorted(image.rows)])
        lost = {row_id for row_id, others in taken.items() if max(others) > row_id}
        for row_id in sorted(taken.keys() - lost):
            owner = self._owners.of(table, row_id)
            below = self._with_below(table, taken[row_id])
            if self._newest(below) > (owner.change if owner else self.change):
                lost.add(row_id)
                continue
            self._evicted = True
            for under, ids in below:
                self._wait(under, take(self.conn, under, ids))
        self._wait(table, image.split(lost))
        put(self.conn, table, image)

    def _with_below(self, table: Table, ids: Collection[int]) -> list[tuple[Table, set[int]]]:
        """Rows and all rows that refer to them, referring rows first."""
        rows: list[tuple[Table, set[int]]] = []
        for child, column in REFERRERS[table.name]:
            for part in dependencies.portions(ids):
                statement = select(child.c.id).where(column.in_(part))
                if below := set(self.conn.execute(statement).scalars()):
                    rows += self._with_below(child, below)
        return [*rows, (table, set(ids))]

    def _newest(self, rows: list[tuple[Table, set[int]]]) -> int:
        """The newest change in force that made or changed any of the rows."""
        newest = 0
        for table, ids in rows:
            newer = dependencies.updated(self.conn, table, min(ids), max(ids))
            for row_id in ids:
                owner = self._owners.of(table, row_id)
                made = owner.change if owner and owner.done else 0
                newest = max(newest, made, newer.get(row_id, (0, 0))[1])
        return newest

    def _wait(self, table: Table, image: Image) -> None:
        """Rows whose unique key is taken: the image of their insert keeps them until it is free."""
        if not image.rows:
            return
        self.demand_lenient("needed_later", change=self.change)
        by_owner: defaultdict[int, list[int]] = defaultdict(list)
        for row_id in sorted(image.rows):
            owner = self._owners.of(table, row_id)
            if owner is None:
                raise BookError("needed_later", change=self.change)
            self._marked[owner.id] = owner
            by_owner[owner.id].append(row_id)
            if any(own.table == table.name and own.first <= row_id <= own.last for own in self._own):
                self._stayed[table.name, row_id] = None
        for entry, ids in by_owner.items():
            self.images.change(entry).join(image.split(ids))

    def _wait_in_place(self, table: Table, column: str, parents: Iterable[int]) -> None:
        for part in dependencies.portions(set(parents)):
            ids = set(self.conn.execute(select(table.c.id).where(table.c[column].in_(part))).scalars())
            for child, key in REFERRERS[table.name]:
                if ids:
                    below = select(key).where(key.in_(select(table.c.id).where(table.c[column].in_(part))))
                    self._wait_in_place(child, key.name, set(self.conn.execute(below).scalars()))
            self._wait(table, take(self.conn, table, ids))

    # -- the count -----------------------------------------------------------------------------------------

    def _count_kept(self) -> None:
        """Store how many rows of each marked entry are in the book (or wait for their place in it) although its change is
        undone, or out of it although done."""
        for entry in self._marked.values():
            table = metadata.tables[entry.table]
            if entry.outward:
                run = table.c.id.between(entry.first, entry.last)
                count = self.conn.execute(select(func.count()).select_from(table).where(run)).scalar_one()
                count += len(self._waiting(table, entry))
                self.images.close([entry.id])
            else:
                count = len(self.images.look(entry.id).rows)
                self.images.close([entry.id])
            changed = update(journal).where(journal.c.id == entry.id)
            changed = changed.where(func.coalesce(journal.c.kept, 0) != count)
            with rewriting(self.conn, journal, journal.c.id == entry.id):
                self.conn.execute(changed.values(kept=count or None))
