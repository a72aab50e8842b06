"""The tags of a book, for window and command line: the library, cards, health, own tags, answers of the front line."""

from collections.abc import Iterable, Mapping
from typing import Any

from db.engine import Book
from workbench.base.change import Change, Progress, silent
from workbench.base.dates import shift_month
from workbench.base.errors import in_words
from workbench.base.i18n import _
from workbench.base.months import reported_months
from workbench.insight.tags import own, reviews
from workbench.insight.tags.cards import TagCard, TagCards, TagRow, ValueShare
from workbench.insight.tags.checks import value_word
from workbench.insight.tags.definition import Tag, written_again
from workbench.insight.tags.engine import Engine
from workbench.insight.tags.health import (
    HealthFigures,
    HealthReport,
    figures,
    keep_spreads,
    kept_spreads,
    report,
)
from workbench.insight.tags.library import Library
from workbench.insight.tags.preview import TagPreview, counted
from workbench.insight.tags.reviews import ReviewAnswer, ReviewTask
from workbench.insight.tags.spread import Spread, parts
from workbench.insight.tags.uses import count_uses
from workbench.rules.parameters import Rules


class Tags:
    """The face of the tag room, `insight.tags`. Reads go over the layers of the newest month."""

    def __init__(self, book: Book, rules: Rules, engine: Engine) -> None:
        self._book = book
        self._rules = rules
        self._engine = engine
        self._figures: tuple[object, HealthFigures] | None = None

    # -- the library ---------------------------------------------------------------------------------------

    @property
    def library(self) -> Library:
        """The tags in force, with the faults of the files they come from."""
        return self._engine.library

    def reload(self) -> Library:
        """Reads the files of the library again, for instance after one was edited."""
        self._engine.reload()
        return self.library

    def tag(self, code: str) -> Tag:
        """The tag of a code, column, name or label. Raises WorkbenchError no_such_tag."""
        return own.tag_named(self.library, code)

    def group_name(self, group: str) -> str:
        """The name of a group: '20' -> 客户价值."""
        return self._rules.text(f"tag.group.{group}")

    def groups(self) -> tuple[str, ...]:
        """The group numbers in their order."""
        return self._rules.words("tags.groups")

    def sought(self, text: str) -> tuple[Tag, ...]:
        """Tags by any of their words, or by the words of the course outlines for their group (domain 11.2)."""
        cards, words = TagCards(self.library, self._rules), text.lower().split()
        return tuple(tag for tag in self.library if cards.matches(tag, words))

    def users(self, code: str) -> tuple[Tag, ...]:
        """The tags that read this one directly."""
        return self.library.used_by(self.tag(code).column)

    def rows(self, checked: HealthReport | None = None) -> tuple[TagRow, ...]:
        """The list of tags by group, layer and code; with the figures of a check-up where it is given."""
        return TagCards(self.library, self._rules).rows(checked)

    def card(self, code: str, checked: HealthReport | None = None) -> TagCard:
        """The card of one tag. Raises WorkbenchError no_such_tag."""
        return TagCards(self.library, self._rules).card(self.tag(code), checked)

    # -- health --------------------------------------------------------------------------------------------

    def health(self, progress: Progress = silent, *, deep: bool = False) -> HealthReport:
        """The checks of every live tag (domain 11.3). Raises WorkbenchError no_data.

        `deep` computes the tags of the month before for the stability check, if no earlier check-up stored them.
        """
        engine = self._engine
        run = engine.ensure(lambda share, what: progress(share * 0.4, what))
        with in_words():
            library = self.library
            month = shift_month(run.month, -1)
            with self._book.read() as conn:
                before = kept_spreads(conn, month, library)
                comparable = before is None and deep and month in reported_months(conn)
            if comparable:
                progress(0.45, _("计算上月的标签,用来看稳定性"))
                before = dict(engine.spread_of(month))
                with self._book.derive() as conn:
                    keep_spreads(conn, month, library, before)
            progress(0.8, _("体检标签"))
            key = (run.computed_at, run.revision, run.library, run.day, before is None)
            if self._figures is None or self._figures[0] != key:
                self._figures = (key, self._measure(library, before or {}))
            with self._book.read() as conn:
                return report(conn, self._figures[1], library, self._rules)

    def _measure(self, library: Library, before: Mapping[str, Spread]) -> HealthFigures:
        with self._book.derive() as conn:
            measured = figures(conn, self._engine.layers(conn), library, self._rules, before)
            keep_spreads(conn, measured.month, library, measured.spreads)
        return measured

    def shares(self, code: str, spread: Spread) -> tuple[ValueShare, ...]:
        """Every value of a tag with its customers; those for whom it is unknown come last."""
        return TagCards(self.library, self._rules).shares(self.tag(code), spread)

    def value_word(self, code: str, value: str) -> str:
        """A stored value in words; figures, dates and texts as they are."""
        tag = self.tag(code)
        return value_word(tag, value, self._rules) if tag.kind in ("flag", "enum") else value

    # -- answers -------------------------------------------------------------------------------------------

    def wrong(self, customer_no: str, code: str, note: str = "", value: str | None = None) -> Change:
        """Stores "this tag is wrong" from the front line (domain 11.3). Undoable."""
        answer = ReviewAnswer(right=False, value=value, note=note)
        return reviews.review(self._book, self.library, customer_no, code, answer)

    def answer(self, customer_no: str, code: str, *, right: bool, value: str | None = None) -> Change:
        """Stores an answer of the accuracy sample. Undoable."""
        return reviews.review(self._book, self.library, customer_no, code, ReviewAnswer(right, value))

    def tasks(self, code: str) -> tuple[ReviewTask, ...]:
        """The customers still to be checked for a tag's accuracy, stratified by value."""
        tag = self.tag(code)
        health = self.health().tags.get(tag.code)
        if health is None:
            return ()
        with in_words(), self._book.read() as conn:
            layers = self._engine.layers(conn)
            conditions = dict(parts(tag, layers.column(tag.column), self._rules))
            return reviews.tasks(conn, layers, tag, conditions, health.spread, self._rules)

    # -- own tags ------------------------------------------------------------------------------------------

    def preview(self, body: Mapping[str, Any], code: str | None = None) -> TagPreview:
        """The tag that a form's answers would make, counted over the layers. Raises WorkbenchError no_data."""
        tried = own.tried(body, self.library, code)
        if tried.tag is None or tried.faults or tried.ruled is None or tried.tag.observed:
            return TagPreview(tried.tag, tried.faults)
        self._engine.ensure()
        with in_words(), self._book.read() as conn:
            return counted(conn, self._engine.layers(conn), tried)

    def body_of(self, code: str) -> dict[str, Any]:
        """A tag as an entry, for the form to start with."""
        return written_again(self.tag(code))

    def save(self, body: Mapping[str, Any], code: str | None = None) -> Change:
        """See `own.save`."""
        return own.save(self._book, self.library, body, code)

    def stop(self, code: str) -> Change:
        """Takes a tag out of use. Undoable. Raises WorkbenchError no_such_tag, tag_in_use."""
        return own.set_status(self._book, self.library, self.tag(code).code, "stopped")

    def resume(self, code: str) -> Change:
        """Puts a stopped tag back in use. Undoable."""
        return own.set_status(self._book, self.library, self.tag(code).code, "live")

    def delete(self, code: str) -> Change:
        """See `own.delete`."""
        return own.delete(self._book, self.library, self.tag(code).code)

    def give(
        self,
        customer_no: str,
        code: str,
        reason: str,
        *,
        value: str | None = None,
        expires: str | None = None,
        touch_id: int | None = None,
    ) -> Change:
        """See `own.give`."""
        mark = own.HandMark(reason, value, expires, touch_id)
        return own.give(self._book, self.library, customer_no, code, mark)

    def take(self, customer_no: str, code: str) -> Change:
        """See `own.take`."""
        return own.take(self._book, self.library, customer_no, code)

    def by_hand(self) -> tuple[Tag, ...]:
        """The live tags that are given by hand."""
        return tuple(tag for tag in self.library.live if tag.observed)

    # -- use -----------------------------------------------------------------------------------------------

    def used(self, codes: Iterable[str], place: str) -> None:
        """Counts a use of these tags today (domain 11.3); never undone."""
        count_uses(self._book, self.library, codes, place)
