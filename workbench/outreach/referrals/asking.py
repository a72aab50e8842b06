"""`Asking`: whom to ask for a referral now and in which words, and the asks (domain 7)."""

from collections.abc import Callable, Iterable, Mapping

from sqlalchemy import Connection

from db.engine import Book
from workbench.base.change import Progress, silent
from workbench.base.dates import today
from workbench.base.errors import in_words
from workbench.insight.tags.engine import Engine
from workbench.outreach.playbook.choosing import ScriptChoice, Wanted
from workbench.outreach.playbook.library import library
from workbench.outreach.playbook.room import Playbook
from workbench.outreach.referrals.asks import Asks
from workbench.outreach.referrals.moments import MomentEntry, MomentQueue, open_on, queue
from workbench.rules.parameters import Rules

_SCENE, _ACT = "referral", "ask"


class Asking(Asks):
    """The asks of a book with the queue that they come from. Every write is undoable."""

    def __init__(self, book: Book, rules: Rules, engine: Engine, playbook: Callable[[], Playbook]) -> None:
        super().__init__(book, rules, engine)
        self._playbook = playbook

    def queue(self, progress: Progress = silent) -> MomentQueue:
        """Who may be asked today, the best score first, by layers brought up to date. Raises WorkbenchError no_data."""
        self._engine.ensure(progress)
        with in_words(), self._book.read() as conn:
            moments = queue(conn, self._engine.layers(conn), self._rules)
            return open_on(moments, today().isoformat())

    def words(self, entries: Iterable[MomentEntry], *, named: bool = False) -> Mapping[int, ScriptChoice]:
        """Customer id -> what to say to ask him, for his moment and kind of giver, the best first, of some entries of the queue.
        `named`: he is addressed by his surname, which a document does not show."""
        with in_words(), self._book.read() as conn:
            return self._words(conn, entries, named=named)

    def _words(
        self, conn: Connection, entries: Iterable[MomentEntry], *, named: bool
    ) -> Mapping[int, ScriptChoice]:
        wanted = {one.customer_id: wanted_of(one) for one in entries}
        return self._playbook().choices(conn, wanted, named=named) if wanted else {}


def wanted_of(entry: MomentEntry) -> Wanted:
    """What is looked for in the playbook: the words for his moment and his kind; without a kind those for anybody."""
    kind = entry.giver.kind
    of = {"moment": entry.moment.code, "giver": kind} if kind else {}
    return Wanted((_SCENE,), {**of, "act": _ACT}, library().strict)
