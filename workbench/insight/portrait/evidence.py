"""Which rows of the lists a computed figure rests on, read from the SQL expressions that compute it (domain 0-2)."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Alias, Connection, Subquery, Table
from sqlalchemy.sql.selectable import CTE, CompoundSelect, Select

from db.engine import Book
from db.known import trails
from db.tables import complaints, customers, payrolls, referrals, risks, signals, snapshots, touches
from workbench.base.dates import shift_month, today
from workbench.base.errors import in_words
from workbench.base.expressions import untold
from workbench.base.months import ReportedMonths
from workbench.insight.measures.scope import Scope, Second, reported_data
from workbench.insight.portrait.provenance import FigureSource, provenance
from workbench.insight.tags.engine import Engine
from workbench.insight.tags.explain import Input, value_in_words
from workbench.insight.tags.measured import first_step, second_step
from workbench.insight.tags.vocabulary import custom_terms
from workbench.insight.values.values import Values
from workbench.people.find import customer_id
from workbench.people.particulars import BY_NUMBER, NUMBER
from workbench.rules.parameters import Rules

#: (table, column or None for the whole row, month or None for any)
Place = tuple[str, str | None, str | None]
#: What stands behind computed tables: behind levels the averages of all months, behind the check all monthly columns.
_AVERAGES = frozenset({("snapshots", "aum_daily_average", None), ("snapshots", "aum_balance", None)})
_BEHIND: dict[str, frozenset[Place]] = {
    trails.name: _AVERAGES,
    risks.name: frozenset({(snapshots.name, None, None)}),
    signals.name: frozenset({(snapshots.name, None, None)}),
}

#: Tables whose lines are counted: the source of a count is the whole line, not one column.
_LINES = frozenset({touches.name, complaints.name, referrals.name, payrolls.name})


class Evidence:
    """Traces a field, measure or tag of one customer to the cells of the lists."""

    def __init__(self, book: Book, rules: Rules, months: ReportedMonths, engine: Engine) -> None:
        self._book = book
        self._rules = rules
        self._months = months
        self._engine = engine

    def of(
        self, customer_no: str, names: Collection[str], as_of: str | None = None
    ) -> tuple[FigureSource, ...]:
        """The sources of these fields, measures or tags (by column) of a customer, up to a month.

        Raises WorkbenchError no_such_customer.
        """
        with in_words(), self._book.read() as conn:
            person = customer_id(conn, customer_no)
            wanted = self._places(conn, person, names, as_of)
            sources = [one for one in provenance(conn, customer_no, as_of) if _stands(one, wanted)]
            if NUMBER not in names and _lists_tell(sources, wanted):
                sources = [one for one in sources if one.field != NUMBER]
            return tuple(sources)

    def inputs(self, values: Values, names: Sequence[str]) -> tuple[Input, ...]:
        """These columns of the tag layers with a customer's values, each tag followed by the terms of its rule.

        Unknown columns are left out; none is listed twice.
        """
        library = self._engine.library
        by_name: dict[str, Input] = {}
        for name in names:
            tag = library.find(name)
            terms = [library.vocabulary.find(name), *(library.inputs(tag.code) if tag else ())]
            for term in terms:
                if term is not None and term.name not in by_name:
                    value = values.look_up(term.name)
                    by_name[term.name] = Input(
                        term.name,
                        term.label,
                        term.kind,
                        term.layer,
                        term.origin,
                        value,
                        value_in_words(value, term),
                        term.masks,
                    )
        return tuple(by_name.values())

    def _places(
        self, conn: Connection, person: int, names: Collection[str], as_of: str | None
    ) -> frozenset[Place]:
        """The places behind fields, tags and measures: tags are followed down to measures, measures to the stored
        columns that their expressions read."""
        library = self._engine.library
        below = set(names)
        for name in names:
            if (tag := library.find(name)) is not None:
                below.update(term.name for term in library.rests_on(tag.code))
        places: set[Place] = {(table, name, None) for name in below for table in ("customers", "snapshots")}
        month = self._months.newest(conn, (as_of or "9999-12")[:7])
        reported = reported_data(conn, month) if month else None
        if month is None or reported is None:
            return frozenset(places)
        scope = Scope(month, today().isoformat(), reported, [person])
        first = first_step(scope, self._rules, tuple(custom_terms(conn)), {})
        base = scope.statement(first.columns).cte("first_step")
        columns = {**first.columns, **second_step(Second(scope, base), self._rules, {}).columns}
        reader = _Reader(month)
        for name in below & columns.keys():
            places.update(reader.read(columns[name]))
        return frozenset(places)


def read_by(expression: Any, month: str) -> frozenset[Place]:
    """The stored columns that a SQL expression over `Scope` reads, with the month where it reads one month's row."""
    return _Reader(month).read(expression)


class _Reader:
    """Walks an expression and its subqueries. Shared parts are visited once: walking each path anew takes seconds."""

    def __init__(self, month: str) -> None:
        self._month = month
        #: (id of a subquery, column) -> the subquery, kept so that its id is not reused, and the places it reads
        self._known: dict[tuple[int, str], tuple[Any, frozenset[Place]]] = {}

    def read(self, expression: Any) -> frozenset[Place]:
        """The places that an expression reads, through its subqueries."""
        places: set[Place] = set()
        waiting, seen = [expression], {}
        while waiting:
            part = waiting.pop()
            if id(part) in seen:
                continue
            seen[id(part)] = part
            table, key = getattr(part, "table", None), getattr(part, "key", None)
            if not isinstance(table, Table | Alias | Subquery | CTE) or key is None:
                waiting.extend(part.get_children())
            elif isinstance(table, Table):
                places |= _of_table(table, key, None)
            elif isinstance(table.element, Table):
                back = table.name.removeprefix("m")
                its = shift_month(self._month, -int(back)) if back.isdigit() else None
                places |= _of_table(table.element, key, its)
            else:
                places |= self._of_select(table.element, key)
        return frozenset(places)

    def _of_select(self, element: Any, key: str) -> frozenset[Place]:
        """The places that a column of a subquery reads; whole rows where it only counts them."""
        place = (id(element), key)
        if place not in self._known:
            self._known[place] = (element, frozenset())  # a recursive walk adds nothing
            self._known[place] = (element, self._column(element, key))
        return self._known[place][1]

    def _column(self, element: Any, key: str) -> frozenset[Place]:
        if isinstance(element, CompoundSelect):
            at = list(element.selected_columns.keys()).index(key)
            parts = [one for one in element.selects if isinstance(one, Select | CompoundSelect)]
            keys = [list(one.selected_columns.keys()) for one in parts]
            return frozenset().union(
                *(self._of_select(one, names[at]) for one, names in zip(parts, keys, strict=True))
            )
        if not isinstance(element, Select) or key not in element.selected_columns:
            return frozenset()
        column = element.selected_columns[key]
        if untold(column):  # no list tells it: it reads nothing, and counts nothing either
            return frozenset()
        places = self.read(column)
        return places or frozenset((name, None, None) for name in _tables(element))


def _tables(element: Any) -> set[str]:
    """The names of the tables in the FROM clause of a select, through joins and subqueries."""
    names: set[str] = set()
    waiting, seen = list(element.get_final_froms()), {}
    while waiting:
        part = waiting.pop()
        if id(part) not in seen:
            seen[id(part)] = part
            if isinstance(part, Table):
                names.add(part.name)
            else:
                waiting.extend(part.get_children())
    return names


def _of_table(table: Table, column: str, month: str | None) -> frozenset[Place]:
    whole = None if table.name in _LINES else column
    return _BEHIND.get(table.name, frozenset({(table.name, whole, month)}))


def _lists_tell(sources: Collection[FigureSource], wanted: frozenset[Place]) -> bool:
    """Whether the lists tell the wanted ones of birth and sex themselves, so that the identity number is no source."""
    stored = {(one.table, one.field, None) for one in sources}
    return stored.issuperset(wanted & {(customers.name, field, None) for field in BY_NUMBER})


def _stands(source: FigureSource, wanted: frozenset[Place]) -> bool:
    """Whether a figure is at one of the wanted places; a dated line counts in the month of its date."""
    month = source.month[:7] if source.month else None
    return any(
        (source.table, field, when) in wanted for field in (source.field, None) for when in (month, None)
    )
