"""`Picking`: lists by condition (domain 11.4): counted while typing, shown, cleared of who must be left out, kept, used."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from db.audit import revision
from db.engine import Book
from db.known import tag_marks
from db.tables import customers
from workbench.base.change import Change, Progress, silent
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.base.terms import Term
from workbench.insight.language.builder import ConditionGroup, as_groups
from workbench.insight.language.check import check
from workbench.insight.language.covered import covered
from workbench.insight.language.formatted import formatted, quoted
from workbench.insight.language.parse import parse
from workbench.insight.language.words import in_words as said
from workbench.insight.picking import saved
from workbench.insight.picking.facts import (
    Exclusions,
    LeftOut,
    ListKind,
    Overlap,
    PickedRow,
    SavedList,
    Tally,
)
from workbench.insight.picking.question import TIER, TOWER, ConditionReader, everyone, term_of
from workbench.insight.picking.reasons import ExclusionReason, known_purpose, purposes, reasons
from workbench.insight.tags.engine import Engine
from workbench.insight.tags.layers import Layers
from workbench.insight.tags.own import by_hand
from workbench.insight.tags.room import Tags
from workbench.people.customer import CustomerRow
from workbench.people.customer_list import Picker
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder

#: Customers looked up in one statement.
_CHUNK = 2_000


class Picking:
    """Reads through the tag layers of the newest month. Raises WorkbenchError no_data in an empty book, bad_expression
    with the character for a condition that cannot be read, no_such_list, list_in_itself."""

    def __init__(self, book: Book, rules: Rules, engine: Engine, tags: Tags) -> None:
        self._book = book
        self._rules = rules
        self._engine = engine
        self._tags = tags
        #: the layers last read, with the revision of the book and the day they were read at, and how many they tell of
        self._read: tuple[int, str, Layers, int] | None = None
        #: ids last asked for, with what they answer
        self._ordered: tuple[object, list[int]] | None = None

    # -- the layers ----------------------------------------------------------------------------------------

    def prepare(self, progress: Progress = silent) -> str:
        """Bring the layers up to date before the first count, which is then quick; answers the data date."""
        with self._layers(progress) as (_conn, layers):
            return layers.as_of

    @contextmanager
    def _layers(self, progress: Progress = silent) -> Iterator[tuple[Connection, Layers]]:
        """The layers of the present state of the book, looked at again only when it changed."""
        day = today().isoformat()
        with in_words():
            with self._book.read() as conn:
                at = revision(conn)
            if self._read is None or self._read[:2] != (at, day):
                self._engine.ensure(progress)
                with self._book.read() as conn:
                    layers = self._engine.layers(conn)
                    self._read = (revision(conn), day, layers, everyone(conn, layers))
            with self._book.read() as conn:
                yield conn, self._read[2]

    @property
    def _everyone(self) -> int:
        return self._read[3] if self._read else 0

    # -- the condition -------------------------------------------------------------------------------------

    def words(self, expression: str, *, printed: bool = False) -> str:
        """The condition in words, for whoever audits the list; whom it names is masked."""
        with self._layers() as (_conn, layers):
            checked = check(parse(expression), layers.vocabulary)
            return said(replace(checked, query=covered(checked.query, printed=printed)))

    def shown(self, expression: str) -> str:
        """The canonical text, checked against the words of the book, as it may be handed on: whom it names is masked."""
        with self._layers() as (_conn, layers):
            typed = parse(expression)
            checked = check(typed, layers.vocabulary).query
            hidden = covered(checked)
            return formatted(typed if hidden == checked else hidden)

    def as_json(self, one: SavedList) -> dict[str, Any]:
        """A saved list as it is handed on, its condition with it."""
        return one.as_json() | {"expression": self.shown(one.expression)}

    def groups(self, expression: str) -> ConditionGroup:
        """The condition as nested groups of rows, for building it by hand."""
        return as_groups(parse(expression))

    def terms(self, expression: str) -> tuple[Term, ...]:
        """The words that a condition reads, in the order of the vocabulary."""
        with self._layers() as (_conn, layers):
            names = check(parse(expression), layers.vocabulary).names
            return tuple(term for term in layers.vocabulary if term.name in names)

    def suggest(self, prefix: str) -> tuple[Term, ...]:
        """Words that begin with or hold what was typed, or look like it; words that are told come first."""
        most = self._rules.whole("picking.suggestions")
        plain = "".join(prefix.split()).lower()
        with self._layers() as (_conn, layers):
            ranked = sorted(
                (place, not term.reported, len(term.label), term.name)
                for term in layers.vocabulary
                if (place := _likeness(term, plain)) is not None
            )
            names = [name for *_order, name in ranked[:most]]
            if not names and plain:
                near = (layers.vocabulary.find(label) for label in layers.vocabulary.near(plain, most))
                names = [term.name for term in near if term is not None]
            return tuple(layers.vocabulary[name] for name in dict.fromkeys(names))

    # -- counting and showing ------------------------------------------------------------------------------

    def count(self, expression: str) -> Tally:
        """How many match, their AUM and towers, and for how many it cannot be told; quick enough while typing."""
        with self._layers() as (conn, layers):
            return ConditionReader(conn, layers, expression).tally(self._everyone)

    def rows(
        self,
        expression: str,
        order: str | None = None,
        *,
        descending: bool = True,
        offset: int = 0,
        limit: int | None = None,
        purpose: str = "",
        columns: Sequence[str] = (),
    ) -> list[PickedRow]:
        """A window of those that match, without who is left out for a purpose.

        `order`: a word of the language (None: what the condition takes the first of, else the AUM daily average);
        `columns`: words whose values are wanted beside those of the condition. Raises WorkbenchError no_such_word.
        """
        with self._layers() as (conn, layers):
            question = ConditionReader(conn, layers, expression)
            ids = self._ids(conn, layers, question, order, descending=descending, purpose=purpose)
            wanted = ids[offset : None if limit is None else offset + limit]
            names = question.checked.names
            terms = [term for term in layers.vocabulary if term.name in names]
            terms += [term_of(layers, word) for word in columns]
            return [
                row
                for start in range(0, len(wanted), _CHUNK)
                for row in self._shown(conn, layers, question, wanted[start : start + _CHUNK], terms)
            ]

    def ids(self, expression: str, *, purpose: str = "") -> list[int]:
        """Customers that match, without who is left out for a purpose, by AUM daily average."""
        with self._layers() as (conn, layers):
            question = ConditionReader(conn, layers, expression)
            return list(self._ids(conn, layers, question, None, descending=True, purpose=purpose))

    def _ids(
        self,
        conn: Connection,
        layers: Layers,
        question: ConditionReader,
        order: str | None,
        *,
        descending: bool,
        purpose: str,
    ) -> list[int]:
        asked = (revision(conn), layers.day, question.checked.query, order, descending, purpose)
        listed = bool(question.checked.lists)
        if self._ordered is None or self._ordered[0] != asked or listed or purpose:
            by = term_of(layers, order).name if order else None
            without = [reason.holds for reason in self._reasons(conn, layers, question, purpose)]
            self._ordered = (asked, question.ids(by, descending=descending, without=without))
        return self._ordered[1]

    def _shown(
        self,
        conn: Connection,
        layers: Layers,
        question: ConditionReader,
        ids: list[int],
        terms: Sequence[Term],
    ) -> list[PickedRow]:
        found = question.values(ids, terms)
        picker = Picker(layers.month, Ladder.of(self._rules))
        return [
            # the level in force, which conditions ask for, not the one that today's average alone would give
            PickedRow(replace(row, tier=values[TIER]), values[TOWER], values)
            for row in picker.rows(conn, ids)
            if (values := found.get(row.customer_id)) is not None
        ]

    # -- who is left out -----------------------------------------------------------------------------------

    def purposes(self) -> tuple[tuple[str, str], ...]:
        """(code, name shown) of what a list may be for."""
        return purposes(self._rules)

    def excluded(self, expression: str, purpose: str) -> Exclusions:
        """Who matches and is left out for a purpose, each under the first reason that applies (golden 16).

        Raises WorkbenchError no_purpose.
        """
        purpose = known_purpose(self._rules, purpose)
        with self._layers() as (conn, layers):
            question = ConditionReader(conn, layers, expression)
            found = self._reasons(conn, layers, question, purpose)
            matching, counts = question.counts([reason.holds for reason in found])
            out = tuple(LeftOut(one.code, one.label, n) for one, n in zip(found, counts, strict=True))
            return Exclusions(purpose, matching, out, matching - sum(counts))

    def _reasons(
        self, conn: Connection, layers: Layers, question: ConditionReader, purpose: str
    ) -> tuple[ExclusionReason, ...]:
        code = known_purpose(self._rules, purpose) if purpose else ""
        return reasons(conn, layers, self._rules, question, code)

    def overlaps(self, expression: str) -> tuple[Overlap, ...]:
        """How many of those that match stand on each saved list that has not expired; lists without any are left out."""
        with self._layers() as (conn, layers):
            question = ConditionReader(conn, layers, expression)
            others = [one for one in saved.every(conn, self._rules) if not one.expired]
            counts = question.shared([question.also(f"list({quoted(one.number)})") for one in others])
            found = zip(others, counts, strict=True)
            return tuple(Overlap(one.number, one.name, shared) for one, shared in found if shared)

    # -- saved lists ---------------------------------------------------------------------------------------

    def lists(self) -> tuple[SavedList, ...]:
        """All saved lists, the newest first."""
        with in_words(), self._book.read() as conn:
            return saved.every(conn, self._rules)

    def saved(self, word: str) -> SavedList:
        """A list by number or name. Raises WorkbenchError no_such_list."""
        with in_words(), self._book.read() as conn:
            return saved.one(conn, self._rules, word)

    def save(
        self, name: str, expression: str, kind: ListKind = "rule", purpose: str = "marketing", owner: str = ""
    ) -> Change:
        """Keep a list; a frozen one holds who matches now without who is left out for its purpose. Undoable.

        Raises WorkbenchError no_purpose, no_name, name_taken.
        """
        purpose = known_purpose(self._rules, purpose)
        with self._layers() as (conn, layers):
            question = ConditionReader(conn, layers, expression)
            text = formatted(parse(expression))
            members = None
            if kind == "frozen":
                members = self._ids(conn, layers, question, None, descending=True, purpose=purpose)
            as_of = layers.as_of
        change = saved.save(
            self._book, self._rules, name=name, expression=text, purpose=purpose, owner=owner, members=members, as_of=as_of,
        )  # fmt: skip
        self.used(expression, "list")
        return change

    def rename(self, word: str, name: str) -> Change:
        """See `saved.rename`."""
        return saved.rename(self._book, word, name)

    def delete(self, word: str) -> Change:
        """See `saved.delete`."""
        return saved.delete(self._book, word)

    def used(self, expression: str, place: str) -> None:
        """Count a use of the tags that a condition reads (domain 11.3): saved, exported, run; never each keystroke."""
        with self._layers() as (_conn, layers):
            tags = check(parse(expression), layers.vocabulary).tags
        if tags:
            self._tags.used(tags, place)

    # -- what is done with those picked --------------------------------------------------------------------

    def people(self, ids: Sequence[int]) -> list[CustomerRow]:
        """What is shown of customers, in this order."""
        with self._layers() as (conn, layers):
            picker = Picker(layers.month, Ladder.of(self._rules))
            return [
                row
                for start in range(0, len(ids), _CHUNK)
                for row in picker.rows(conn, list(ids[start : start + _CHUNK]))
            ]

    def give(self, ids: Sequence[int], code: str, reason: str, *, value: str | None = None) -> Change:
        """Give many customers a tag that only a person can give; who has it keeps the new one. Undoable.

        Raises WorkbenchError no_such_tag, not_by_hand, no_reason, no_such_value, nobody.
        """
        tag = by_hand(self._engine.library, code)
        if not reason.strip():
            raise WorkbenchError("no_reason", _("请写明理由。"))
        if tag.kind == "enum" and value not in dict(tag.values):
            raise WorkbenchError("no_such_value", _("“{label}”没有这个取值。").format(label=tag.label))
        ids = _some(ids)
        with in_words(), self._book.write("tag_mark", tag.label) as writer:
            wanted = set(ids)
            there = writer.conn.execute(
                select(tag_marks.c.id, tag_marks.c.customer_id).where(tag_marks.c.code == tag.code)
            )
            writer.delete(tag_marks, sorted(row.id for row in there if row.customer_id in wanted))
            columns = {
                "customer_id": ids, "code": tag.code, "value": value, "reason": reason.strip(),
                "date": today().isoformat(), "expires": None, "touch_id": None,
            }  # fmt: skip
            writer.insert_columns(tag_marks, columns, len(ids))
            return Change.by(writer, len(ids))

    def assign(self, ids: Sequence[int], manager: str) -> Change:
        """Hand customers to an account manager. Undoable; the next list from head office has the last word.

        Raises WorkbenchError no_manager, nobody.
        """
        if not manager.strip():
            raise WorkbenchError("no_manager", _("没有写交给哪位客户经理。"))
        ids = _some(ids)
        with in_words(), self._book.write("assign", manager.strip()) as writer:
            values = {"manager_name": manager.strip()}
            count = writer.update_many(customers, [(one, values) for one in ids])
            return Change.by(writer, count)


def _some(ids: Sequence[int]) -> list[int]:
    """Each once. Raises WorkbenchError nobody."""
    if not ids:
        raise WorkbenchError("nobody", _("一位客户也没有选中。"), _("请放宽条件,或者看看是谁被排除了。"))
    return list(dict.fromkeys(ids))


def _likeness(term: Term, plain: str) -> int | None:
    """0 begins with it, 1 holds it, None neither."""
    words = ["".join(word.split()).lower() for word in (term.label, term.name, *term.aliases)]
    if any(word.startswith(plain) for word in words):
        return 0
    return 1 if any(plain in word for word in words) else None
