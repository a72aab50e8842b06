"""What a checked sheet of lines (holdings, maturities, payroll, touches, complaints, referrals) would change in the
book."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from db.tables import customers, metadata
from db.values import Value
from workbench.intake.book.diff import Diff, shown_value
from workbench.intake.book.diff_flows import compare_flows
from workbench.intake.book.pairing import perfect_as_possible
from workbench.intake.catalogue.fields import Field, FieldCatalogue
from workbench.intake.catalogue.sheet_kinds import KindOfSheet
from workbench.intake.cells.code_words import Codes
from workbench.intake.cells.parsed import as_texts
from workbench.intake.checking.extras import merged
from workbench.intake.checking.line_checks import CODED
from workbench.intake.checking.plan import AcceptedRows
from workbench.intake.report import FieldChange
from workbench.rules.parameters import Rules

Values = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """A line of the book, with the values of the columns that the sheet has, in their order."""

    id: int
    customer_no: str
    extra: str | None
    #: None: entered by hand
    batch: int | None
    as_of: str | None
    values: Values


def stored_kind(checked: AcceptedRows) -> str:
    """The column `kind` of table holdings for this sheet: 'maturity' or 'holding'."""
    return "maturity" if checked.kind == "maturities" else "holding"


def compare_lines(
    conn: Connection, checked: AcceptedRows, catalogue: FieldCatalogue, rules: Rules, coming: frozenset[str]
) -> Diff:
    """Equal lines are unchanged, lines that fill or change a stored one are changed, others are new.

    A 'month' sheet replaces its month: stored lines that it lacks are deleted. Of an 'add' kind none is deleted, a
    blank fits any value, and a line entered by hand is filled but never changed. Transactions are compared by day.
    `coming` are customers from a customers sheet of the same file. In `changes` the name is the line's date.
    """
    kind = catalogue.kinds[checked.kind]
    if kind.policy == "day":
        return compare_flows(conn, checked, catalogue, rules, coming)
    return _Lines(conn, checked, catalogue, rules, kind).compare(coming)


@dataclass(slots=True)
class _Lines:
    """One comparison: each row of the sheet is matched to its stored line, the surest matches first."""

    conn: Connection
    checked: AcceptedRows
    catalogue: FieldCatalogue
    rules: Rules
    kind: KindOfSheet
    diff: Diff = field(default_factory=Diff)
    #: fields of the sheet that have a column in the table, and the rows' values of them
    names: list[str] = field(default_factory=list)
    mine: list[Values] = field(default_factory=list)
    codes: dict[str, Codes] = field(default_factory=dict)

    def compare(self, coming: frozenset[str]) -> Diff:
        """The difference; `coming` are customers whom another sheet of the file brings."""
        checked, diff = self.checked, self.diff
        self.names = [key for key in checked.columns if self.catalogue[key].column(self.kind.table)]
        self.codes = {key: Codes(self.rules, key) for key in self.names if key in CODED}
        self.mine = list(zip(*(checked.columns[key] for key in self.names), strict=True)) or [()] * len(
            checked.keys
        )
        numbers = coming | set(self.conn.execute(select(customers.c.customer_no)).scalars())
        rows = self._own_rows(numbers)
        left = {line.id: line for line in self._stored()}
        rows = self._same(rows, left)
        if self.kind.number in self.names:
            rows = self._matched(rows, left, self._number, of_one_number=True)
        rows = self._matched(rows, left, self._group)
        diff.fresh.extend(sorted(rows))
        if self.kind.policy == "month":
            diff.deletes = sorted(left)
        self._number_alike()
        return diff

    def _own_rows(self, numbers: set[str] | frozenset[str]) -> list[int]:
        """Rows of known customers; of equal rows the first only, unless the kind allows two equal lines."""
        rows: list[int] = []
        images: set[tuple[str, str | None, Values]] = set()
        for position, number in enumerate(self.checked.keys):
            if number not in numbers:
                self.diff.strangers.append(position)
                continue
            if not self.kind.twice:
                image = (number, self.checked.extra[position], self.mine[position])
                if image in images:
                    self.diff.unchanged += 1
                    continue
                images.add(image)
            rows.append(position)
        return rows

    # -- the book's lines ----------------------------------------------------------------------------------

    def _stored(self) -> Iterable[Stored]:
        table = metadata.tables[self.kind.table]
        columns = [table.c[self._column(key)] for key in self.names]
        as_of = table.c.as_of if "as_of" in table.c else table.c.date
        query = (
            select(table.c.id, customers.c.customer_no, table.c.extra, table.c.batch_id, as_of, *columns)
            .select_from(table.join(customers, customers.c.id == table.c.customer_id))
            .order_by(table.c.id)
        )
        if self.kind.policy == "month":
            query = query.where(
                table.c.month == self.checked.as_of[:7], table.c.kind == stored_kind(self.checked)
            )
        elif self.kind.number not in self.names:
            dates = list(filter(None, as_texts(self.checked.columns[self.kind.date]))) or [""]
            query = query.where(table.c.date.between(min(dates), max(dates)))
        for row in self.conn.execute(query):
            yield Stored(row[0], row[1], row[2], row[3], row[4], tuple(row[5:]))

    def _column(self, key: str) -> str:
        return str(self.catalogue[key].column(self.kind.table))

    # -- which line a row is -------------------------------------------------------------------------------

    def _same(self, rows: list[int], left: dict[int, Stored]) -> list[int]:
        """Count rows that are stored exactly so as unchanged; returns the other rows."""
        exact: defaultdict[tuple[str, str | None, Values], list[Stored]] = defaultdict(list)
        for line in left.values():
            exact[line.customer_no, line.extra, line.values].append(line)
        rest: list[int] = []
        for position in rows:
            equal = exact.get(
                (self.checked.keys[position], self.checked.extra[position], self.mine[position])
            )
            if not equal:
                rest.append(position)
                continue
            line = equal.pop(0)
            del left[line.id]
            self.diff.unchanged += 1
            self.diff.confirmed.append(line.id)
            self._dated(line, {})
        return rest

    def _number(self, customer_no: str, values: Values) -> Hashable | None:
        number = values[self.names.index(self.kind.number)]
        return None if number is None else (customer_no, number)

    def _group(self, customer_no: str, values: Values) -> Hashable | None:
        """The key of the lines a row may match: for a 'month' kind those of one product and date, else of one day."""
        if self.kind.policy == "month":
            identity = [
                value for key, value in zip(self.names, values, strict=True) if key in self.kind.identity
            ]
            return (customer_no, *identity)
        return (customer_no, values[self.names.index(self.kind.date)])

    def _matched(
        self, rows: list[int], left: dict[int, Stored], group: Callable[[str, Values], Hashable | None],
        *, of_one_number: bool = False,
    ) -> list[int]:  # fmt: skip
        """Pair rows with lines of their group: first those that add nothing, then those that fill or change one.

        Returns the rows without a line.
        """
        lines: defaultdict[Hashable, list[Stored]] = defaultdict(list)
        for line in left.values():
            if (key := group(line.customer_no, line.values)) is not None:
                lines[key].append(line)
        grouped: defaultdict[Hashable, list[int]] = defaultdict(list)
        rest: list[int] = []
        change = _by_number if of_one_number else self._may_change
        for position in rows:
            key = group(self.checked.keys[position], self.mine[position])
            if key is None or key not in lines:
                rest.append(position)
            else:
                grouped[key].append(position)
        for key, positions in grouped.items():
            here = lines[key]
            pairs: list[tuple[int, Stored]] = []
            for fits in (self._says_nothing_new, self._fills, change):
                matched = perfect_as_possible(positions, here, fits)
                pairs += matched
                taken = {line.id for _position, line in matched}
                here = [line for line in here if line.id not in taken]
                done = {position for position, _line in matched}
                positions = [position for position in positions if position not in done]
            for position, line in sorted(pairs, key=lambda pair: pair[0]):
                del left[line.id]
                self._differs(line, position)
            rest += positions
        return sorted(rest)

    def _says_nothing_new(self, position: int, line: Stored) -> bool:
        return (
            all(
                new is None or new == old
                for new, old in zip(self.mine[position], line.values, strict=True)
            )
            and merged(line.extra, self.checked.extra[position]) == line.extra
        )  # fmt: skip

    def _fills(self, position: int, line: Stored) -> bool:
        return self.kind.policy == "add" and all(
            new is None or old is None or new == old
            for new, old in zip(self.mine[position], line.values, strict=True)
        )

    def _may_change(self, position: int, line: Stored) -> bool:
        """Whether a file brought the line and both have the same identity; a blank of the sheet fits any value."""
        if self.kind.policy == "month":
            return True
        telling = {*self.kind.identity, self.kind.number}
        return line.batch is not None and all(
            new is None or old is None or new == old
            for key, new, old in zip(self.names, self.mine[position], line.values, strict=True)
            if key in telling
        )

    # -- what differs --------------------------------------------------------------------------------------

    def _differs(self, line: Stored, position: int) -> None:
        checked, diff = self.checked, self.diff
        new: dict[str, Value] = {}
        date = str(checked.columns[self.kind.date][position]) if self.kind.date else ""
        for key, value, old in zip(self.names, self.mine[position], line.values, strict=True):
            if value is None or value == old:
                continue
            new[self._column(key)] = value
            if len(diff.changes) < self.rules.whole("intake.changes_shown"):
                entry = self.catalogue[key]
                change = FieldChange(
                    checked.keys[position],
                    date,
                    key,
                    self._shown_value(entry, old),
                    self._shown_value(entry, value),
                )
                diff.changes.append(change)
        if (extra := merged(line.extra, checked.extra[position])) != line.extra:
            new["extra"] = extra
        if not new:
            diff.unchanged += 1
            diff.confirmed.append(line.id)
        else:
            diff.changed += 1
            if "date" in new and "month" in metadata.tables[self.kind.table].c:
                new["month"] = str(new["date"])[:7]
            if line.batch is not None:  # a line entered by hand stays one
                new["source_row"] = checked.rows[position]
        self._dated(line, new)

    def _shown_value(self, entry: Field, value: Value) -> str:
        codes = self.codes.get(entry.key)
        return shown_value(entry, value) if codes is None or value is None else codes.shown(str(value))

    def _dated(self, line: Stored, new: dict[str, Value]) -> None:
        """Record the update; lines of a dated sheet take its date within the month."""
        if self.kind.dated and line.as_of != self.checked.as_of:
            new["as_of"] = self.checked.as_of
        if new:
            self.diff.updates.append((line.id, new))

    def _number_alike(self) -> None:
        """Number equal lines: two equal deposits of one customer are lines 1 and 2."""
        seen: Counter[tuple[str, str | None, Values]] = Counter()
        for position, number in enumerate(self.checked.keys):
            alike = (number, self.checked.extra[position], self.mine[position])
            seen[alike] += 1
            self.diff.lines[position] = seen[alike]


def _by_number(_position: int, _line: Stored) -> bool:
    """Lines of one number are the same line, whatever else differs."""
    return True
