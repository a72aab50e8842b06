"""`Playbook`: the one place that hands out scripts, for a customer, a row of the plan, a scene, or the library as a whole."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection, select

from db.engine import Book
from db.year import drafts
from workbench.base.change import Progress, silent
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _, commas
from workbench.base.months import newest_month
from workbench.base.settings import BookSettings
from workbench.insight.genes.canvas import segment_of
from workbench.insight.portrait.advice import OFFER
from workbench.insight.products.hooks import Hook
from workbench.insight.products.offers import Offer
from workbench.insight.products.room import Matrix
from workbench.insight.tags.engine import Engine
from workbench.outreach.cadence.silent import silent_of
from workbench.outreach.contact_limits import whose
from workbench.outreach.playbook.choosing import ScriptChoice, Wanted, choose
from workbench.outreach.playbook.filling import own_fills, readable
from workbench.outreach.playbook.gate import Withheld, gate, meant
from workbench.outreach.playbook.hearer import Hearer, Hearers
from workbench.outreach.playbook.library import ScriptLibrary, library
from workbench.outreach.playbook.of_hook import hook_script
from workbench.outreach.playbook.outside import OutsidePrompt, outside_prompt
from workbench.outreach.playbook.own import OwnScripts
from workbench.outreach.playbook.own_rows import OwnScript, own_rows, with_own
from workbench.outreach.playbook.script import Occasion, Scene, Script, ScriptKind
from workbench.people.find import customer_id
from workbench.people.red_words import lines_in_force
from workbench.rules.parameters import Rules

#: grounds of consent by which a complaint waits for us
_OPEN = frozenset(("complaint.open", "complaint.said"))


class Playbook:
    """Reads the tag layers, the log of what was copied, and the scripts of the book, which `own` writes."""

    def __init__(
        self, book: Book, rules: Rules, settings: BookSettings, engine: Engine, matrix: Matrix
    ) -> None:
        self._book, self._rules, self._engine = book, rules, engine
        self._settings = settings
        #: the newest month, and who speaks by its list
        self._speaks: tuple[str | None, dict[str, str]] | None = None
        self.own = OwnScripts(book, rules, lines_in_force)
        #: the rows of the book that the library in force was made of
        self._rows: tuple[OwnScript, ...] = ()
        self._held = library()
        self.hearers = Hearers(engine, rules, self._asks, lambda conn: matrix.hooks_on(conn))

    @property
    def rules(self) -> Rules:
        """The parameters in force."""
        return self._rules

    # -- the library ------------------------------------------------------------------------------------------

    def in_use(self, conn: Connection) -> ScriptLibrary:
        """The library with the scripts of the book, without those that it leaves out."""
        rows = own_rows(conn)
        if rows != self._rows:
            self._rows, self._held = rows, with_own(library(), rows)
        return self._held

    def everything(self) -> ScriptLibrary:
        """The library in force."""
        with in_words(), self._book.read() as conn:
            return self.in_use(conn)

    def readable(self, script: Script) -> str:
        """A text for nobody in particular: who speaks is filled in, what a customer or a product tells is named."""
        with in_words(), self._book.read() as conn:
            return readable(script, self._fills(conn))

    def _fills(self, conn: Connection) -> Mapping[str, str]:
        """The gaps that are the same for all: who speaks, by the settings, else by the newest list."""
        month = newest_month(conn)
        if self._speaks is None or self._speaks[0] != month:
            manager, branch = whose(conn)
            named = {"manager": manager, "branch": branch} | {
                name: kept for name in ("manager", "branch") if (kept := str(self._settings.get(name) or ""))
            }
            self._speaks = (month, own_fills(named))
        return self._speaks[1]

    def _asks(self, conn: Connection) -> frozenset[str]:
        scripts = self.in_use(conn).scripts.values()
        return frozenset(name for one in scripts for name in one.conditions)

    def scene(self, word: str) -> Scene:
        """A scene by code or name. Raises WorkbenchError no_such_scene."""
        scene = library().scene_named(word)
        if scene is None:
            names = commas(_(one.name) for one in library().scenes.values())
            raise WorkbenchError(
                "no_such_scene",
                _("没有“{word}”这个场景。").format(word=word),
                _("现有:{names}").format(names=names),
            )
        return scene

    def outside_prompt(self, segment: str, scene: str, progress: Progress = silent) -> OutsidePrompt:
        """A prompt for an AI outside the bank, for a segment and a scene by code or name. Raises WorkbenchError too_few,
        no_such_segment, no_such_scene, no_data."""
        one, place = segment_of(segment), self.scene(scene)
        with in_words():
            self._engine.ensure(progress)
            with self._book.read() as conn:
                layers = self._engine.layers(conn)
                return outside_prompt(conn, layers, self._rules, one, place, self.own.lines(conn))

    def of_hook(self, hook: Hook, segments: Sequence[str]) -> str:
        """What to say of a hook product in the guide, where nobody is named; see `hook_script`."""
        with in_words(), self._book.read() as conn:
            scripts, fills = tuple(self.in_use(conn).scripts.values()), self._fills(conn)
        return hook_script(scripts, hook, segments, fills, self._rules)

    # -- for customers ----------------------------------------------------------------------------------------

    def for_customer(
        self, customer_no: str, wanted: Wanted | None = None, *, named: bool = True
    ) -> ScriptChoice:
        """The scripts for a customer by what is wanted, the best first. `named`: he is addressed by his surname, which a
        document does not show. Raises WorkbenchError no_such_customer."""
        with in_words(), self._book.read() as conn:
            person = customer_id(conn, customer_no)
            return self.choices(conn, {person: wanted or Wanted()}, named=named)[person]

    def spoken(self, customer_no: str, script: str, text: str) -> str:
        """A script (code), addressed to the customer by his surname; `text`, as it was shown, where it is none of the library's
        or speaks to him no more. Raises WorkbenchError no_such_customer."""
        with in_words(), self._book.read() as conn:
            one = self.in_use(conn).scripts.get(script)
            if one is None:
                return text
            person = customer_id(conn, customer_no)
            hearer = self.hearers.of(conn, [person], today().isoformat()).get(person)
            choice = (
                choose([one], hearer, Wanted(), self._rules, self._fills(conn))
                if hearer is not None
                else None
            )
            return choice.best.text if choice is not None and choice.best is not None else text

    def choices(
        self,
        conn: Connection,
        wanted: Mapping[int, Wanted],
        day: str = "",
        *,
        named: bool = False,
    ) -> Mapping[int, ScriptChoice]:
        """Customer id -> the scripts by what is wanted for him on a day (ISO, '': today), the best first. `named`: see
        `for_customer`."""
        day = day or today().isoformat()
        people = list(wanted)
        hearers = self.hearers.of(conn, people, day)
        lately = self._lately(conn, people, day)
        quiet_day = self.is_quiet(conn, day)
        fills = self._fills(conn) if named else {**self._fills(conn), "hello": _("您好")}
        scripts = self.in_use(conn)
        by_scene: dict[tuple[str, ...], Sequence[Script]] = {}
        chosen = {}
        for one, what in wanted.items():
            hearer = hearers.get(one, Hearer(one, day))
            what = _settled(what, hearer)
            if what.scenes not in by_scene:
                by_scene[what.scenes] = [
                    script
                    for script in scripts.scripts.values()
                    if not what.scenes or script.scene in what.scenes
                ]
            what = replace(
                what,
                silent=what.silent or quiet_day,
                lately=lately.get(one, frozenset()) | frozenset(what.lately),
            )
            chosen[one] = choose(by_scene[what.scenes], hearer, what, self._rules, fills)
        return chosen

    def for_reasons(
        self, conn: Connection, kinds: Mapping[int, str], day: str = "", *, named: bool = False
    ) -> Mapping[int, ScriptChoice]:
        """Customer id -> the scripts for the reason that he is contacted for (kind of the week's reasons), the best first;
        without those whose reason the library knows nothing of."""
        return self.choices(
            conn,
            {
                one: wanted_for(occasion)
                for one, kind in kinds.items()
                if (occasion := library().occasion(kind=kind)) is not None
            },
            day,
            named=named,
        )

    def barred(self, conn: Connection, kinds: Mapping[int, ScriptKind], day: str = "") -> Mapping[int, str]:
        """Customer id -> why a contact of this kind is kept from him on a day (ISO, '': today), of those from whom it is: asked
        of words that are none of the library's."""
        day = day or today().isoformat()
        hearers = self.hearers.of(conn, list(kinds), day)
        quiet = self.is_quiet(conn, day)
        verdicts = {
            one: gate(Script("", "", "", "", "", kind), hearers[one], self._rules, silent=quiet)
            for one, kind in kinds.items()
            if one in hearers
        }
        return {one: why.sentence for one, why in verdicts.items() if isinstance(why, Withheld)}

    @staticmethod
    def is_quiet(conn: Connection, day: str) -> bool:
        """Whether a day (ISO) is one without marketing."""
        return dt.date.fromisoformat(day) in silent_of(conn, {int(day[:4])})

    def for_acts(
        self,
        conn: Connection,
        customer: int,
        acts: Sequence[str],
        day: str = "",
        *,
        named: bool = False,
        offers: Sequence[Offer] = (),
    ) -> ScriptChoice:
        """The scripts for the first of the portrait's next steps (codes) that words may be said for; for none of them those that
        open a talk. `offers`: what the portrait offers; the words for the step that offers name the first of them."""
        hearer = self.hearers.of(conn, [customer], day or today().isoformat()).get(customer)
        about = meant(offers[0], hearer.shelf if hearer is not None else ()) if offers else None
        loan = f"{OFFER}.{offers[0].family}" if offers else ""
        steps = [
            (occasion, about if act == OFFER else None)
            for act in acts
            for occasion in library().occasions
            if act in occasion.acts or (act == OFFER and loan in occasion.acts)
        ]
        opening = [(occasion, None) for occasion in library().occasions if "own" in occasion.kinds]
        choice = ScriptChoice((), ())
        for occasion, product in (*steps, *opening):
            wanted = replace(wanted_for(occasion), about=product)
            choice = self.choices(conn, {customer: wanted}, day, named=named)[customer]
            if choice.scripts:
                break
        return choice

    def _lately(self, conn: Connection, people: Collection[int], day: str) -> dict[int, frozenset[str]]:
        """Customer id -> the scripts that were copied for him within the days of the rule before a day, not on it: what was
        copied today is what is being said."""
        since = dt.date.fromisoformat(day) - dt.timedelta(days=self._rules.whole("playbook.again_days"))
        d = drafts.c
        query = select(d.customer_id, d.script).where(
            d.customer_id.in_(people), d.date >= since.isoformat(), d.date < day
        )
        copied: dict[int, set[str]] = {}
        for row in conn.execute(query):
            copied.setdefault(row[0], set()).add(row[1])
        return {one: frozenset(scripts) for one, scripts in copied.items()}


def _settled(wanted: Wanted, hearer: Hearer) -> Wanted:
    """What is wanted for a customer; while a complaint is open nothing but the complaint and what is no marketing and no care."""
    open_complaint = hearer.consent is not None and any(one.kind in _OPEN for one in hearer.consent.grounds)
    scenes = [library().scenes[scene] for scene in wanted.scenes]
    if not open_complaint or not scenes or any(one.kind == "service" for one in scenes):
        return wanted
    return wanted_for(library().occasion(act="complaint"))


def wanted_for(occasion: Occasion | None, *, also: Iterable[str] = ()) -> Wanted:
    """What an occasion calls for; everything where there is none."""
    if occasion is None:
        return Wanted()
    return Wanted((*occasion.scenes, *also), occasion.of, library().strict)
