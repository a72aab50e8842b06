"""`Drafts`: what to say for the touches of the year, and which of it was copied. A draft is no contact: what was sent is told by
the log alone."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from sqlalchemy import Connection, and_, select

from db.engine import Book
from db.stores.planning import reads_every_customer
from db.values import Value
from db.year import drafts
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.insight.measures.freshness import freshness
from workbench.insight.portrait.limits import limits_of
from workbench.insight.tags.engine import Engine
from workbench.insight.tags.layers import Layers, last_run
from workbench.outreach.dates.year_day import YearDay
from workbench.outreach.playbook.library import ScriptLibrary
from workbench.outreach.wishes.reasons import BETWEEN
from workbench.outreach.words import TouchScene, Words, script_of, words_for
from workbench.outreach.yearplan.plan import PlannedTouch
from workbench.people.find import customer_id
from workbench.people.red_words import lines_in_force
from workbench.rules.parameters import Rules
from workbench.rules.red_lines import hold

#: the reason of words that were copied for a scene, and for no touch of the year: 'scene.mature'
SCENE = "scene"
_MAIN_SEGMENT = "g_seg_main_m0"
#: customers that one statement looks up
_NAMED = 5_000
_D = drafts.c
#: a touch: customer id, reason (code), occurrence (ISO)
_Key = tuple[int, str, str]


class Drafts:
    """Reads the tag layers and the days; writes what was copied, each write undoable. `days`: the events of a year; `held`: the
    library in force."""

    def __init__(
        self,
        book: Book,
        rules: Rules,
        engine: Engine,
        days: Callable[[int], Sequence[YearDay]],
        held: Callable[[Connection], ScriptLibrary],
    ) -> None:
        self._book, self._rules, self._engine, self._days = book, rules, engine, days
        self._held = held

    def words(self, touches: Iterable[PlannedTouch], *, limits: bool = False) -> Mapping[int, Words]:
        """Id of a touch -> what to say, by the customer's main segment; `limits`: with what his portrait says not
        to say, in a few readings more."""
        listed = list(touches)
        people = {one.customer_id for one in listed}
        with in_words(), self._book.read() as conn:
            scenes = self._scenes(conn, listed)
            limited = limits and people and last_run(conn) is not None
            day = today().isoformat()
            dont = limits_of(conn, self._engine.layers(conn), people, day, self._rules) if limited else {}
        return {
            one.id: words_for(one, scene, [never.text for never in dont.get(one.customer_id, ())])
            for one, scene in scenes
        }

    def scripts(self, touches: Iterable[PlannedTouch]) -> Mapping[int, str]:
        """Id of a touch -> the code of its text, of those that have one."""
        with in_words(), self._book.read() as conn:
            scenes = self._scenes(conn, list(touches))
        return {one.id: code for one, scene in scenes if (code := script_of(one, scene))}

    def keep(self, touch: PlannedTouch, script: str) -> Change:
        """Log that a text was copied for a touch today; once a day is enough. Raises WorkbenchError no_such_script."""
        key: dict[str, Value] = {
            "customer_id": touch.customer_id, "reason": touch.reason, "occurrence": touch.occurrence,
            "script": script, "channel": touch.channel, "date": today().isoformat(),
        }  # fmt: skip
        same = and_(*(_D[name] == value for name, value in key.items()))
        with in_words(), self._book.write("draft", script) as writer:
            if script not in self._held(writer.conn).scripts:
                raise WorkbenchError("no_such_script", _("没有编号 {code} 的话术。").format(code=script))
            if writer.conn.execute(select(_D.id).where(same)).first() is None:
                writer.insert(drafts, [{**key, "text": None}])
            return Change.by(writer, sum(writer.counts.values()))

    def keep_script(
        self, customer_no: str, script: str, scene: str = "", channel: str = "", text: str = ""
    ) -> Change:
        """Log that a script was copied for a customer today for a scene (code, '': its own), whatever touch it may belong to;
        once a day is enough. `text`: what was copied where it was changed, '' where it stands in the library. Raises
        WorkbenchError no_such_script, no_such_customer, red_line."""
        with in_words(), self._book.write("draft", script) as writer:
            known = self._held(writer.conn).scripts
            if script not in known:
                raise WorkbenchError("no_such_script", _("没有编号 {code} 的话术。").format(code=script))
            if text:
                one = known[script]
                lines = lines_in_force(writer.conn)
                hold(text, _("话术"), lines, regime=one.regime, scene=scene or one.scene, quiet=one.quiet)
            day = today().isoformat()
            key: dict[str, Value] = {
                "customer_id": customer_id(writer.conn, customer_no), "reason": f"{SCENE}{BETWEEN}{scene or known[script].scene}",
                "occurrence": day, "script": script, "channel": channel, "date": day,
            }  # fmt: skip
            same = and_(*(_D[name] == value for name, value in key.items()))
            if writer.conn.execute(select(_D.id).where(same)).first() is None:
                writer.insert(drafts, [{**key, "text": text or None}])
            return Change.by(writer, sum(writer.counts.values()))

    def _scenes(
        self, conn: Connection, touches: Sequence[PlannedTouch]
    ) -> list[tuple[PlannedTouch, TouchScene]]:
        """Each touch with what its words go by."""
        run = last_run(conn)
        people = {one.customer_id for one in touches}
        main = _segments(conn, self._engine.layers(conn), people) if run is not None else {}
        old = run is not None and freshness(run.as_of, self._rules).stale
        events, silent = self._events(touches)
        held = self._held(conn)

        def scene(one: PlannedTouch) -> TouchScene:
            """That of a touch."""
            event = events.get(one.reason.partition(BETWEEN)[2])
            return TouchScene(event, main.get(one.customer_id), one.day in silent, old, held)

        return [(one, scene(one)) for one in touches]

    def _events(self, touches: Iterable[PlannedTouch]) -> tuple[dict[str, YearDay], frozenset[str]]:
        """The events of the years of some touches by their code, and by that of their row; the silent days (ISO)."""
        days = [one for year in sorted({int(one.wanted[:4]) for one in touches}) for one in self._days(year)]
        events = {one.row: one for one in days} | {one.code: one for one in days}
        return events, frozenset(one.date for one in days if one.silent)


def drafted(conn: Connection, people: Collection[int]) -> dict[_Key, str]:
    """Touch -> the day (ISO) on which words for it were copied last, of some customers (ids)."""
    query = select(_D.customer_id, _D.reason, _D.occurrence, _D.date).order_by(_D.date, _D.id)
    if len(people) <= _NAMED:
        query = query.where(_D.customer_id.in_(people))
    else:
        reads_every_customer(conn)
    return {(row[0], row[1], row[2]): row[3] for row in conn.execute(query)}


def _segments(conn: Connection, layers: Layers, people: Collection[int]) -> dict[int, str]:
    """Customer id -> the code of his main segment, of those who have one."""
    main = layers.column(_MAIN_SEGMENT)
    query = (
        select(layers.customer_id, main).select_from(layers.source([_MAIN_SEGMENT])).where(main.is_not(None))
    )
    if len(people) <= _NAMED:
        query = query.where(layers.customer_id.in_(people))
    else:
        reads_every_customer(conn)
    return {row[0]: row[1] for row in conn.execute(query)}
