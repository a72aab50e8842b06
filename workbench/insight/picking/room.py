"""Lists by condition (domain 11.4), for window and command line: counts, rows, exclusions, saved lists, bulk writes."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from db.audit import revision
from db.engine import Book
from workbench.base.change import Change, Progress, silent
from workbench.base.dates import today
from workbench.base.errors import in_words
from workbench.base.terms import Term
from workbench.insight.language.builder import ConditionGroup, as_groups
from workbench.insight.language.check import check
from workbench.insight.language.covered import covered
from workbench.insight.language.formatted import formatted, quoted
from workbench.insight.language.parse import parse
from workbench.insight.language.words import in_words as condition_words
from workbench.insight.picking import acting, saved
from workbench.insight.picking.facts import (
    Exclusions,
    LeftOut,
    ListKind,
    Overlap,
    PickedRow,
    SavedList,
    Tally,
)
from workbench.insight.picking.question import TIER, TOWER, ConditionReader, everyone, read_through, term_of
from workbench.insight.picking.reasons import ExclusionReason, known_purpose, purposes, reasons
from workbench.insight.picking.suggesting import suggestions
from workbench.insight.tags.engine import Engine
from workbench.insight.tags.layers import Layers
from workbench.insight.tags.own import by_hand
from workbench.insight.tags.room import Tags
from workbench.people.customer import CustomerRow
from workbench.people.customer_list import Picker
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder

#: the number of customers read by one statement
_CHUNK = 2_000


class Picking:
    """The face of the picking room. Reads the tag layers of the newest month.

    Raises WorkbenchError no_data in an empty book, bad_expression (pointing at the character), no_such_list,
    list_in_itself.
    """

    def __init__(self, book: Book, rules: Rules, engine: Engine, tags: Tags) -> None:
        self._book = book
        self._rules = rules
        self._engine = engine
        self._tags = tags
        #: cache: revision of the book, day, layers, number of customers in them
        self._read: tuple[int, str, Layers, int] | None = None
        #: cache: what ids were read for -> these ids
        self._ordered: tuple[object, list[int]] | None = None

    # -- the layers ----------------------------------------------------------------------------------------

    def prepare(self, progress: Progress = silent) -> str:
        """Brings the layers up to date before the first count, which is then quick; returns the data date (ISO)."""
        with self._layers(progress) as (conn, layers):
            read_through(conn, layers)
            return layers.as_of

    @contextmanager
    def _layers(self, progress: Progress = silent) -> Iterator[tuple[Connection, Layers]]:
        """The layers of the present state of the book, computed again only when it changed."""
        day = today().isoformat()
        with in_words():
            with self._book.read() as conn:
                if self._read is not None and self._read[:2] == (revision(conn), day):
                    yield conn, self._read[2]
                    return
            self._engine.ensure(progress)
            with self._book.read() as conn:
                layers = self._engine.layers(conn)
                self._read = (revision(conn), day, layers, everyone(conn, layers))
                yield conn, layers

    @property
    def _everyone(self) -> int:
        return self._read[3] if self._read else 0

    # -- the condition -------------------------------------------------------------------------------------

    def words(self, expression: str, *, printed: bool = False) -> str:
        """The condition in words, for whoever audits the list; names in it are masked."""
        with self._layers() as (_conn, layers):
            checked = check(parse(expression), layers.vocabulary)
            return condition_words(replace(checked, query=covered(checked.query, printed=printed)))

    def shown(self, expression: str) -> str:
        """The checked condition as text that may be handed on: canonical, names in it masked."""
        with self._layers() as (_conn, layers):
            typed = parse(expression)
            checked = check(typed, layers.vocabulary).query
            hidden = covered(checked)
            return formatted(typed if hidden == checked else hidden)

    def as_json(self, saved_list: SavedList) -> dict[str, Any]:
        """A saved list for programs, with its condition as `shown`."""
        return saved_list.as_json() | {"expression": self.shown(saved_list.expression)}

    def groups(self, expression: str) -> ConditionGroup:
        """The condition as nested groups of rows, for building it by hand."""
        return as_groups(parse(expression))

    def terms(self, expression: str) -> tuple[Term, ...]:
        """The words that a condition reads, in the order of the vocabulary."""
        with self._layers() as (_conn, layers):
            names = check(parse(expression), layers.vocabulary).names
            return tuple(term for term in layers.vocabulary if term.name in names)

    def suggest(self, prefix: str) -> tuple[Term, ...]:
        """Words that begin with or contain what was typed, else those that look like it."""
        with self._layers() as (_conn, layers):
            return suggestions(layers.vocabulary, prefix, self._rules.whole("picking.suggestions"))

    # -- counting and showing ------------------------------------------------------------------------------

    def count(self, expression: str) -> Tally:
        """How many customers match, their AUM and towers, and for how many it is unknown; quick enough while typing."""
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
        """A window of the matching customers, without those left out for a purpose.

        `order`: a word of the language (None: that of the condition's limit, else the AUM daily average); `columns`:
        words whose values are wanted beside those of the condition. Raises WorkbenchError no_such_word.
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
                for row in self._picked(conn, layers, question, wanted[start : start + _CHUNK], terms)
            ]

    def ids(self, expression: str, *, purpose: str = "") -> list[int]:
        """The ids of the matching customers, without those left out for a purpose, by AUM daily average."""
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
        key = (revision(conn), layers.day, question.checked.query, order, descending, purpose)
        listed = bool(question.checked.lists)
        if self._ordered is None or self._ordered[0] != key or listed or purpose:
            by = term_of(layers, order).name if order else None
            without = [reason.holds for reason in self._reasons(conn, layers, question, purpose)]
            self._ordered = (key, question.ids(by, descending=descending, without=without))
        return self._ordered[1]

    def _picked(
        self,
        conn: Connection,
        layers: Layers,
        question: ConditionReader,
        ids: list[int],
        terms: Sequence[Term],
    ) -> list[PickedRow]:
        values_by_id = question.values(ids, terms)
        picker = Picker(layers.month, Ladder.of(self._rules))
        return [
            # the level in force, as in conditions, not the one of today's average alone
            PickedRow(replace(row, tier=values[TIER]), values[TOWER], values)
            for row in picker.rows(conn, ids)
            if (values := values_by_id.get(row.customer_id)) is not None
        ]

    # -- exclusions -----------------------------------------------------------------------------------

    def purposes(self) -> tuple[tuple[str, str], ...]:
        """The purposes of lists as (code, name in the language in use)."""
        return purposes(self._rules)

    def excluded(self, expression: str, purpose: str) -> Exclusions:
        """How many matching customers are left out for a purpose, each under the first reason that applies (golden 16).

        Raises WorkbenchError no_purpose.
        """
        purpose = known_purpose(self._rules, purpose)
        with self._layers() as (conn, layers):
            question = ConditionReader(conn, layers, expression)
            by_reason = self._reasons(conn, layers, question, purpose)
            matching, counts = question.counts([reason.holds for reason in by_reason])
            out = tuple(
                LeftOut(reason.code, reason.label, n) for reason, n in zip(by_reason, counts, strict=True)
            )
            return Exclusions(purpose, matching, out, matching - sum(counts))

    def _reasons(
        self, conn: Connection, layers: Layers, question: ConditionReader, purpose: str
    ) -> tuple[ExclusionReason, ...]:
        code = known_purpose(self._rules, purpose) if purpose else ""
        return reasons(conn, layers, self._rules, question, code)

    def overlaps(self, expression: str) -> tuple[Overlap, ...]:
        """How many matching customers are on each saved list that has not expired; lists without any are left out."""
        with self._layers() as (conn, layers):
            question = ConditionReader(conn, layers, expression)
            others = [other for other in saved.every(conn, self._rules) if not other.expired]
            counts = question.shared([question.also(f"list({quoted(other.number)})") for other in others])
            pairs = zip(others, counts, strict=True)
            return tuple(Overlap(other.number, other.name, shared) for other, shared in pairs if shared)

    # -- saved lists ---------------------------------------------------------------------------------------

    def lists(self) -> tuple[SavedList, ...]:
        """All saved lists, the newest first."""
        with in_words(), self._book.read() as conn:
            return saved.every(conn, self._rules)

    def saved(self, word: str) -> SavedList:
        """The saved list of a number or name. Raises WorkbenchError no_such_list."""
        with in_words(), self._book.read() as conn:
            return saved.one(conn, self._rules, word)

    def save(
        self, name: str, expression: str, kind: ListKind = "rule", purpose: str = "marketing", owner: str = ""
    ) -> Change:
        """Saves a list; a frozen one holds the customers that match now and are not left out for its purpose. Undoable.

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
        new = saved.NewList(name, text, purpose, owner, members, as_of)
        change = saved.save(self._book, self._rules, new)
        self.used(expression, "list")
        return change

    def rename(self, word: str, name: str) -> Change:
        """See `saved.rename`."""
        return saved.rename(self._book, word, name)

    def delete(self, word: str) -> Change:
        """See `saved.delete`."""
        return saved.delete(self._book, word)

    def used(self, expression: str, place: str) -> None:
        """Counts a use of the tags that a condition reads (domain 11.3): when it is saved, exported or run."""
        with self._layers() as (_conn, layers):
            tags = check(parse(expression), layers.vocabulary).tags
        if tags:
            self._tags.used(tags, place)

    # -- bulk writes --------------------------------------------------------------------

    def people(self, ids: Sequence[int]) -> list[CustomerRow]:
        """The rows of customers for display, in the order of their ids here."""
        with self._layers() as (conn, layers):
            picker = Picker(layers.month, Ladder.of(self._rules))
            return [
                row
                for start in range(0, len(ids), _CHUNK)
                for row in picker.rows(conn, list(ids[start : start + _CHUNK]))
            ]

    def give(self, ids: Sequence[int], code: str, reason: str, *, value: str | None = None) -> Change:
        """Gives many customers a tag by hand, in place of earlier marks of it. Undoable.

        Raises WorkbenchError no_such_tag, not_by_hand, no_reason, no_such_value, nobody.
        """
        return acting.give(self._book, by_hand(self._engine.library, code), ids, reason, value)

    def assign(self, ids: Sequence[int], manager: str) -> Change:
        """Assigns customers to an account manager, until the next list says otherwise. Undoable.

        Raises WorkbenchError no_manager, nobody.
        """
        return acting.assign(self._book, ids, manager)
