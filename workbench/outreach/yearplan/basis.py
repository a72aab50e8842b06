"""What a year's plan stands on, and for whom it has to be made again when that changed."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from sqlalchemy import Connection, Table, select

from db.audit import revision
from db.since import changed_since, speaks_of_nobody_else
from db.tables import touches
from db.year import birthday_ways, contact_intervals, own_days, salon_guests, salons
from db.year import gifts as gift_ledger
from workbench.base.settings import BookSettings
from workbench.base.workdays import kept_notices
from workbench.insight.tags.layers import last_run
from workbench.outreach.cadence.capacity import week_capacity
from workbench.rules.parameters import Rules

#: raised when a plan comes out otherwise for the same book
LOGIC = "1"
#: what is kept of single customers without being a figure of the book: who has another row has other wishes
_OF_CUSTOMERS = (contact_intervals, birthday_ways, gift_ledger, salon_guests)
#: what concerns anybody
_OF_ALL = (own_days, salons)
#: up to so many customers only theirs is planned anew without comparing everybody's wishes
FEW = 2_000
#: what is written about customers one by one, so that nobody else's wishes follow from it
_CONTACTS = frozenset({touches.name})


@dataclass(frozen=True, slots=True)
class PlanBasis:
    """`revision` of the book; `by`: rules, calendar, own days, capacity, own tags; `start`: the first day (ISO) that is planned;
    `rows`: table -> customer id -> digest of what it keeps of him; `choices`: touch (customer id, reason, occurrence) -> the day
    (ISO) it was put on, '' where it was left out: these the stored touches follow without being planned anew; `week`: the mark of
    the week's list, for which only those make way whom its days have no room for."""

    revision: int
    by: str
    start: str
    rows: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    choices: Mapping[tuple[int, str, str], str] = field(default_factory=dict)
    week: str = ""

    def as_text(self) -> str:
        """The basis as it is stored."""
        rows = {name: {str(id_): digest for id_, digest in of.items()} for name, of in self.rows.items()}
        body = {
            "revision": self.revision,
            "by": self.by,
            "start": self.start,
            "rows": rows,
            "week": self.week,
        }
        return json.dumps(body | {"choices": [[*key, day] for key, day in self.choices.items()]})

    @classmethod
    def of_text(cls, text: str) -> "PlanBasis":
        """What `as_text` gave."""
        body = json.loads(text)
        rows = {name: {int(id_): digest for id_, digest in of.items()} for name, of in body["rows"].items()}
        choices = {(id_, reason, occurrence): day for id_, reason, occurrence, day in body["choices"]}
        return cls(body["revision"], body["by"], body["start"], rows, choices, body.get("week", ""))


def basis_of(conn: Connection, start: str, rules: Rules, settings: BookSettings, week: str = "") -> PlanBasis:
    """What a plan from a day on would stand on now; `week`: the mark of the week's list."""
    run = last_run(conn)
    by = [
        LOGIC, rules.version, _shipped(), *map(str, week_capacity(settings, rules)), *kept_notices(conn),
        *("" if run is None else (run.library, run.rule_version)),
        *(_digest(map(tuple, conn.execute(select(one).order_by(one.c.id)))) for one in _OF_ALL),
    ]  # fmt: skip
    return PlanBasis(
        revision(conn), _digest(by), start, {one.name: _rows(conn, one) for one in _OF_CUSTOMERS}, week=week
    )


def concerned(conn: Connection, stood: PlanBasis, now: PlanBasis) -> frozenset[int] | None:
    """The customers (ids) whose wishes may be others than those that a plan stood on; None: anybody's. The day apart."""
    if stood.by != now.by:
        return None
    few = {
        id_
        for name, rows in now.rows.items()
        for id_ in rows.keys() | stood.rows.get(name, {}).keys()
        if rows.get(id_) != stood.rows.get(name, {}).get(id_)
    }
    if stood.revision != now.revision:
        since = changed_since(conn, stood.revision)
        if since.customers is None or _of_everybody(conn, since.tables, since.customers):
            return None
        few |= since.customers
    return frozenset(few) if len(few) <= FEW else None


def _of_everybody(conn: Connection, tables: frozenset[str], few: frozenset[int]) -> bool:
    """Whether what was written may change what is known of others: the first line of a kind, or the loss of the last one."""
    if not few:
        return bool(tables)
    return touches.name in tables and speaks_of_nobody_else(conn, touches, few)


def _rows(conn: Connection, table: Table) -> dict[int, str]:
    """Customer id -> digest of his rows."""
    digests: dict[int, str] = {}
    columns = [column for column in table.columns if column.name not in ("note", "made")]
    for row in conn.execute(select(*columns).order_by(table.c.id)):
        digests[row.customer_id] = _digest([digests.get(row.customer_id, ""), tuple(row)[1:]])
    return digests


@cache
def _shipped() -> str:
    """The digest of the festivals that the program knows."""
    file = files("resources") / "festivals.toml"
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else ""


def _digest(parts: Iterable[object]) -> str:
    return hashlib.sha256(repr(list(parts)).encode()).hexdigest()[:12]
