"""What not to say to the customers of a day, kept while nothing was written of them; what to say is `outreach.words`."""

from collections.abc import Callable, Collection, Mapping

from sqlalchemy import Connection

from db.audit import revision
from db.since import changed_since
from workbench.base.i18n import language
from workbench.insight.portrait.limits import limits_of
from workbench.insight.tags.engine import Engine
from workbench.insight.tags.layers import Run
from workbench.rules.parameters import Rules

#: (connection, customer ids, day) -> what not to say to each, by id
Unsaid = Callable[[Connection, Collection[int], str], Mapping[int, tuple[str, ...]]]


class UnsaidWords:
    """Answers what not to say as the portrait does (see `limits_of`), and keeps it for those of whom nothing was written
    since: a logged contact must not have the others read again."""

    def __init__(self, engine: Engine, rules: Rules) -> None:
        self._engine = engine
        self._rules = rules
        self._key: tuple[str, ...] = ()
        #: revisions of the book and of the tag layers that were read
        self._at = (-1, -1)
        self._kept: dict[int, tuple[str, ...]] = {}

    def __call__(self, conn: Connection, people: Collection[int], day: str) -> Mapping[int, tuple[str, ...]]:
        """What not to say to some customers on a day (ISO), the strictest first. Raises WorkbenchError no_layers."""
        if not people:
            return {}
        layers = self._engine.layers(conn)
        self._forget_written(conn, layers.run, _key(layers.run, day))
        new = [one for one in people if one not in self._kept]
        for one, limits in limits_of(conn, layers, new, day, self._rules).items() if new else ():
            self._kept[one] = tuple(never.text for never in limits)
        return {one: self._kept[one] for one in people}

    def _forget_written(self, conn: Connection, run: Run, key: tuple[str, ...]) -> None:
        """Drop those of whom something was written that the layers did not have, everybody on another day or by other rules."""
        at = (revision(conn), run.revision)
        if key != self._key:
            self._kept.clear()
        elif at != self._at:
            written = changed_since(conn, self._at[1]).customers
            for one in list(self._kept) if written is None else written & self._kept.keys():
                del self._kept[one]
        self._key, self._at = key, at


def _key(run: Run, day: str) -> tuple[str, ...]:
    """What the words of everybody rest on, beside his own figures."""
    return (day, run.month, run.day, run.rule_version, run.library, language())
