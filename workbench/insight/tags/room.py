"""The tags of a book as both faces ask for them: the library, one tag's card, its health, own tags, answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from db.engine import Book
from db.known import tag_uses
from workbench.base.change import Change, Progress, silent
from workbench.base.dates import shift_month, today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.base.months import reported_months
from workbench.base.terms import Term
from workbench.insight.language.check import check
from workbench.insight.language.parse import parse
from workbench.insight.language.words import in_words as worded
from workbench.insight.tags import own, reviews
from workbench.insight.tags.checks import State, value_word
from workbench.insight.tags.definition import Tag, params_of, written_again
from workbench.insight.tags.engine import Engine
from workbench.insight.tags.faults import TagFault
from workbench.insight.tags.health import (
    HealthFigures,
    HealthReport,
    TagHealth,
    figures,
    keep_spreads,
    kept_spreads,
    report,
)
from workbench.insight.tags.library import Library, Tried
from workbench.insight.tags.resolver import LayerResolver
from workbench.insight.tags.reviews import ReviewTask
from workbench.insight.tags.spread import Spread, parts
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class RuleLine:
    """Something a tag's rule says: `value` is the case's value ('' for a rule), `text` as written, `words` in words."""

    value: str
    text: str
    words: str


@dataclass(frozen=True, slots=True)
class ValueShare:
    """A value of a tag: in words, customers, and the condition that finds them ('' when none does)."""

    words: str
    count: int
    expression: str


@dataclass(frozen=True, slots=True)
class TagPreview:
    """What a tag being written would be: nothing counted while something is wrong with it."""

    tag: Tag | None
    faults: tuple[TagFault, ...]
    words: str = ""
    hit: int = 0
    no: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class TagRow:
    """One line of the list of tags; coverage, state and uses are None until the library was checked up."""

    tag: Tag
    group_name: str
    layer_name: str
    coverage: float | None = None
    state: State | None = None
    used: int | None = None
    checked: int = 0
    wanted: int = 0


@dataclass(frozen=True, slots=True)
class TagCard:
    """All there is to say of one tag. `params`: key, value, what it is, evidence mark. `inputs` are terms of any
    layer; `override`: an own version lies over what came with the program."""

    row: TagRow
    lines: tuple[RuleLine, ...]
    eligible: str
    params: tuple[tuple[str, Any, str, str], ...]
    inputs: tuple[Term, ...]
    rests_on: tuple[Term, ...]
    users: tuple[Tag, ...]
    faults: tuple[TagFault, ...]
    health: TagHealth | None
    shares: tuple[ValueShare, ...]
    override: bool


class Tags:
    """Reached as `insight.tags`. Reads go over the layers of the newest month."""

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
        """Read the files again, as after somebody edited one."""
        self._engine.reload()
        return self.library

    def tag(self, code: str) -> Tag:
        """By code, column, name or label. Raises WorkbenchError no_such_tag."""
        return own.known(self.library, code)

    def group_name(self, group: str) -> str:
        """'20' -> 客户价值."""
        return self._rules.text(f"tag.group.{group}")

    def groups(self) -> tuple[str, ...]:
        """The group numbers in their order."""
        return self._rules.words("tags.groups")

    def sought(self, text: str) -> tuple[Tag, ...]:
        """Tags by any of their words, or by the words of the course outlines for their group (domain 11.2)."""
        words = text.lower().split()
        return tuple(tag for tag in self.library if all(word in self._searched(tag) for word in words))

    def _searched(self, tag: Tag) -> str:
        group = f"tag.group.{tag.group}"
        said = (
            tag.code, tag.column, tag.name, tag.label, _(tag.label), tag.definition, tag.element,
            self._rules.text(group), self._rules.text(group + ".also"), *(label for _code, label in tag.values),
        )  # fmt: skip
        return " ".join(said).lower()

    def lines(self, code: str) -> tuple[RuleLine, ...]:
        """The rule as written and in words, case by case; nothing for a tag given by hand."""
        tag, library = self.tag(code), self.library
        ruled = library.ruled(tag.code)
        if ruled is None:
            return ()
        found = [RuleLine("", tag.rule, worded(ruled.rule))] if ruled.rule else []
        for (value, text), (_value, checked) in zip(tag.cases, ruled.cases, strict=True):
            found.append(RuleLine(value_word(tag, value, self._rules), text, worded(checked)))
        return tuple(found)

    def eligible_words(self, code: str) -> str:
        """Who can have the tag, in words; '' when everybody can."""
        ruled = self.library.ruled(self.tag(code).code)
        return worded(ruled.eligible) if ruled and ruled.eligible else ""

    def params(self, code: str) -> tuple[tuple[str, Any, str, str], ...]:
        """The rule parameters a tag's expressions name: key, value, what it is, evidence mark."""
        named = {key: None for _key, text in self.tag(code).conditions() for key in params_of(text)}
        every = {param.key: param for param in self._rules.params()}
        return tuple((key, every[key].value, _(every[key].text), every[key].mark) for key in named)

    def inputs(self, code: str) -> tuple[Term, ...]:
        """What a tag takes directly."""
        return self.library.inputs(self.tag(code).code)

    def users(self, code: str) -> tuple[Tag, ...]:
        """The tags that take it directly."""
        return self.library.used_by(self.tag(code).column)

    def rows(self, found: HealthReport | None = None) -> tuple[TagRow, ...]:
        """The list of tags by group, layer and code."""
        tags = sorted(self.library, key=lambda one: (one.group, one.layer, one.code))
        return tuple(self._row(tag, found.tags.get(tag.code) if found else None) for tag in tags)

    def _row(self, tag: Tag, its: TagHealth | None) -> TagRow:
        named = (tag, self.group_name(tag.group), self._rules.text(f"tag.layer.{tag.layer}"))
        if its is None:
            return TagRow(*named)
        used = its.check("usage").value
        return TagRow(
            *named, its.check("coverage").value, its.state, None if used is None else int(used),
            its.accuracy.checked, its.accuracy.wanted,
        )  # fmt: skip

    def card(self, code: str, found: HealthReport | None = None) -> TagCard:
        """One tag. Raises WorkbenchError no_such_tag."""
        tag = self.tag(code)
        its = found.tags.get(tag.code) if found else None
        return TagCard(
            self._row(tag, its), self.lines(code), self.eligible_words(code), self.params(code),
            self.inputs(code), self.library.rests_on(tag.code), self.users(code),
            tuple(fault for fault in self.library.faults if fault.tag == tag.code), its,
            self.shares(code, its.spread) if its else (), own.is_override(tag),
        )  # fmt: skip

    # -- health --------------------------------------------------------------------------------------------

    def health(self, progress: Progress = silent, *, deep: bool = False) -> HealthReport:
        """The checks of every live tag (domain 11.3). Raises WorkbenchError no_data.

        `deep` computes the tags of the month before, where no earlier check-up kept how they were spread.
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
            found = figures(conn, self._engine.layers(conn), library, self._rules, before)
            keep_spreads(conn, found.month, library, found.spreads)
        return found

    def health_of(self, code: str) -> TagHealth | None:
        """One tag's health; None for one that is not live."""
        return self.health().tags.get(self.tag(code).code)

    def shares(self, code: str, found: Spread) -> tuple[ValueShare, ...]:
        """Every value of a tag with its customers, those who cannot be told at the end."""
        tag = self.tag(code)
        word = self._word(tag)
        shares = [
            ValueShare(value_word(tag, value, self._rules), count, self._condition(tag, word, value))
            for value, count in found.values.items()
            if count or tag.kind in ("flag", "enum")
        ]
        missing = _and(f"{word} is missing", tag.eligible)
        return (*shares, ValueShare(_("无法判断"), found.unknown, "" if params_of(tag.eligible) else missing))

    def value_word(self, code: str, value: str) -> str:
        """A value as it lies in the book, in words."""
        tag = self.tag(code)
        return value_word(tag, value, self._rules) if tag.kind in ("flag", "enum") else value

    def _word(self, tag: Tag) -> str:
        """How a condition names a tag: by its label where the language reads that as one word."""
        try:
            check(parse(f"{tag.label} is told"), self.library.vocabulary)
        except WorkbenchError:
            return tag.column
        return tag.label

    def _condition(self, tag: Tag, word: str, value: str) -> str:
        eligible = "" if params_of(tag.eligible) else tag.eligible
        if tag.kind == "flag":
            return _and(f"{word} = {'是' if value == '1' else '否'}", eligible)
        if tag.kind == "enum":
            return _and(f"{word} = '{dict(tag.values)[value]}'", eligible)
        if value == "told":
            return _and(f"{word} is told", eligible)
        edges, place = self._rules.numbers(f"tags.bins.{tag.kind}"), int(value[1:])
        low = [f"{word} >= {edges[place - 1]:g}"] if place else []
        high = [f"{word} < {edges[place]:g}"] if place < len(edges) else []
        return _and(" and ".join([*low, *high]), eligible)

    # -- answers -------------------------------------------------------------------------------------------

    def wrong(self, customer_no: str, code: str, note: str = "", value: str | None = None) -> Change:
        """ "This tag is wrong", from the front line (domain 11.3). Undoable."""
        return reviews.review(
            self._book, self.library, customer_no, code, right=False, value=value, note=note
        )

    def answer(self, customer_no: str, code: str, *, right: bool, value: str | None = None) -> Change:
        """An answer of the accuracy sample. Undoable."""
        return reviews.review(self._book, self.library, customer_no, code, right=right, value=value)

    def tasks(self, code: str) -> tuple[ReviewTask, ...]:
        """The customers still to be checked for a tag's accuracy, stratified by value."""
        tag = self.tag(code)
        health = self.health_of(tag.code)
        if health is None:
            return ()
        with in_words(), self._book.read() as conn:
            layers = self._engine.layers(conn)
            conditions = dict(parts(tag, layers.column(tag.column), self._rules))
            return reviews.tasks(conn, layers, tag, conditions, health.spread, self._rules)

    # -- own tags ------------------------------------------------------------------------------------------

    def preview(self, body: Mapping[str, Any], code: str | None = None) -> TagPreview:
        """What a form's answers would make, counted over the layers. Raises WorkbenchError no_data."""
        tried = own.tried(body, self.library, code)
        if tried.tag is None or tried.faults or tried.ruled is None or tried.tag.observed:
            return TagPreview(tried.tag, tried.faults)
        self._engine.ensure()
        with in_words(), self._book.read() as conn:
            return self._counted(conn, tried, tried.tag)

    def _counted(self, conn: Connection, tried: Tried, tag: Tag) -> TagPreview:
        layers = self._engine.layers(conn)
        resolver = LayerResolver(layers, conn)
        if tried.ruled is None:
            return TagPreview(tag, tried.faults)
        column = tried.ruled.expression(resolver)
        asked = select(
            func.count(), func.count(column), func.sum(column) if tag.kind == "flag" else func.count(column)
        )
        total, told, hit = conn.execute(asked.select_from(layers.source(resolver.names))).one()
        words = worded(tried.ruled.rule) if tried.ruled.rule else ""
        hit = int(hit or 0)
        return TagPreview(tag, (), words, hit, told - hit, total - told)

    def body_of(self, code: str) -> dict[str, Any]:
        """A tag as the form starts with it."""
        return written_again(self.tag(code))

    def save(self, body: Mapping[str, Any], code: str | None = None) -> Change:
        """See `own.save`."""
        return own.save(self._book, self.library, body, code)

    def stop(self, code: str) -> Change:
        """Take a tag out of use. Undoable. Raises WorkbenchError no_such_tag, tag_in_use."""
        return own.set_status(self._book, self.library, self.tag(code).code, "stopped")

    def resume(self, code: str) -> Change:
        """Put a stopped tag back in use. Undoable."""
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
        return own.give(
            self._book,
            self.library,
            customer_no,
            code,
            reason,
            value=value,
            expires=expires,
            touch_id=touch_id,
        )

    def take(self, customer_no: str, code: str) -> Change:
        """See `own.take`."""
        return own.take(self._book, self.library, customer_no, code)

    def by_hand(self) -> tuple[Tag, ...]:
        """The live tags that a person gives."""
        return tuple(tag for tag in self.library.live if tag.observed)

    # -- use -----------------------------------------------------------------------------------------------

    def used(self, codes: Iterable[str], place: str) -> None:
        """Count a use of these tags today (domain 11.3); counted, never undone."""
        found = {tag.code for code in codes if (tag := self.library.find(code)) is not None}
        date = today().isoformat()
        with in_words(), self._book.derive() as conn:
            for code in sorted(found):
                here = (tag_uses.c.code == code) & (tag_uses.c.date == date) & (tag_uses.c.place == place)
                done = conn.execute(tag_uses.update().where(here).values(times=tag_uses.c.times + 1))
                if not done.rowcount:
                    row = {"code": code, "date": date, "place": place, "times": 1}
                    conn.execute(tag_uses.insert(), row)


def _and(condition: str, eligible: str) -> str:
    return f"{condition} and ({eligible})" if eligible else condition
