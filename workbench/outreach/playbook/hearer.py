"""`Hearer`: a customer as the playbook sees him, read for several at once and kept while nothing was written of them."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from db.audit import revision
from db.since import changed_since
from db.tables import customers, products
from workbench.base.i18n import language
from workbench.insight.genes.data import segments
from workbench.insight.genes.speaking import spoken_style
from workbench.insight.measures.freshness import freshness
from workbench.insight.portrait.limits import limits_of
from workbench.insight.portrait.unsaid import Never
from workbench.insight.products.hooks import Hook
from workbench.insight.shelf.families import families
from workbench.insight.tags.engine import Engine
from workbench.insight.tags.layers import Layers, Run, last_run
from workbench.insight.values.values import Values
from workbench.outreach.playbook.filling import hello
from workbench.people.consent import Consent, held
from workbench.people.particulars import particular
from workbench.rules.parameters import Rules

#: what suitability asks of a customer (`suitability.of_values`), and what tells who he is
_READ = (
    "risk_class", "risk_valid_days", "risk_level", "age", "term_preference", "balance", "average", "demand", "matures_30",
    "yearly_income", "top_share", "risk_class_1", "held_risk", "barred", "tower", "style", "style_confidence",
    "s_journey_stage_m0", "g_seg_main_m0",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hearer:
    """One customer on `day` (ISO) by the tag layers in the book.

    `consent`: None where nothing is known against marketing; `limits`: what not to say to him; `style`: the letter to speak in,
    '' for neutral; `segments`: those that he is of, `main` the first of them, '' for none; `stage` and `tower` '' where unknown;
    `hello`: the beginning of a call with his surname; `old`: the data are too old for days; `shelf`: the products that open a
    door, the best first.
    """

    customer_id: int
    day: str
    values: Values = field(default_factory=Values)
    consent: Consent | None = None
    limits: tuple[Never, ...] = ()
    style: str = ""
    segments: frozenset[str] = frozenset()
    main: str = ""
    stage: str = ""
    tower: str = ""
    hello: str = ""
    old: bool = False
    shelf: Sequence[Hook] = ()

    @property
    def unsaid(self) -> tuple[str, ...]:
        """What not to say, in words, the strictest first."""
        return tuple(one.text for one in self.limits)


class Hearers:
    """Reads customers; keeps those of whom nothing was written since: a logged contact must not have the others read again.

    `asks`: columns of the tag layers that the scripts in use ask for; `shelf`: the products that open a door.
    """

    def __init__(
        self,
        engine: Engine,
        rules: Rules,
        asks: Callable[[Connection], frozenset[str]],
        shelf: Callable[[Connection], Sequence[Hook]],
    ) -> None:
        self._engine = engine
        self._rules = rules
        self._asks = asks
        self._shelf = shelf
        self._key: tuple[str, ...] = ()
        #: revisions of the book and of the tag layers that were read
        self._at = (-1, -1)
        self._kept: dict[int, Hearer] = {}

    def of(self, conn: Connection, people: Collection[int], day: str) -> Mapping[int, Hearer]:
        """Some customers (ids) on a day (ISO). Those of a book without tag layers are known by name alone."""
        if not people:
            return {}
        run = last_run(conn)
        if run is None:
            return {one: Hearer(one, day, hello=_hello(names)) for one, names in _names(conn, people).items()}
        layers = self._engine.layers(conn)
        asks = self._asks(conn)
        self._forget_written(
            conn, run, (run.month, run.day, run.rule_version, day, language(), *sorted(asks))
        )
        new = [one for one in people if one not in self._kept]
        if new:
            self._kept |= self._read(conn, layers, new, day, asks)
        return {one: self._kept[one] for one in people if one in self._kept}

    def unsaid(self, conn: Connection, people: Collection[int], day: str) -> Mapping[int, tuple[str, ...]]:
        """What not to say to some customers on a day, in words."""
        return {one: hearer.unsaid for one, hearer in self.of(conn, people, day).items()}

    def _read(
        self, conn: Connection, layers: Layers, people: Sequence[int], day: str, asks: Iterable[str]
    ) -> dict[int, Hearer]:
        of_segment = {one.column: one.code for one in segments()}
        every = {*_READ, *of_segment, *asks, *(one.column for one in families())}
        # what no layer holds is unknown; to name its kind the whole library of tags would be read
        names = sorted(name for name in every if layers.has(name))
        query = (
            select(layers.customer_id.label("id"), *(layers.column(name).label(name) for name in names))
            .select_from(layers.source(names))
            .where(layers.customer_id.in_(people))
        )
        rows = {row["id"]: row for row in conn.execute(query).mappings()}
        consents = held(conn, max(day, layers.as_of), None, self._rules, people)
        limits = limits_of(conn, layers, people, day, self._rules, consents)
        old = freshness(layers.as_of, self._rules).stale
        shelf = self._shelf(conn)
        hearers = {}
        for one, who in _names(conn, people).items():
            row = rows.get(one)
            values = Values({name: row[name] for name in names}) if row is not None else Values()
            hearers[one] = Hearer(
                one, day, values, consents.get(one), limits.get(one, ()), spoken_style(values, self._rules),
                frozenset(code for column, code in of_segment.items() if values.look_up(column) == 1),
                values.g_seg_main_m0 or "", values.s_journey_stage_m0 or "", values.tower or "", _hello(who), old, shelf,
            )  # fmt: skip
        return hearers

    def _forget_written(self, conn: Connection, run: Run, key: tuple[str, ...]) -> None:
        """Drop those of whom something was written that the layers did not have, everybody on another day, by other rules,
        or where the shelf was written to."""
        at = (revision(conn), run.revision)
        if key != self._key:
            self._kept.clear()
        elif at != self._at:
            since = changed_since(conn, self._at[1])
            everybody = since.customers is None or products.name in since.tables
            for one in (
                list(self._kept) if everybody else (since.customers or frozenset()) & self._kept.keys()
            ):
                del self._kept[one]
        self._key, self._at = key, at


_Names = tuple[str | None, str | None]


def _names(conn: Connection, people: Collection[int]) -> dict[int, _Names]:
    """Customer id -> name and sex."""
    query = select(customers.c.id, customers.c.name, particular("gender")).where(customers.c.id.in_(people))
    return {row[0]: (row[1], row[2]) for row in conn.execute(query)}


def _hello(names: _Names) -> str:
    return hello(*names)
