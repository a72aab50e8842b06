"""Where the hand-over of newcomers breaks (domain 10.2): how many, for how many it cannot be told, whose turn it is."""

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, and_, case, func, select

from workbench.base.i18n import _
from workbench.base.terms import Vocabulary
from workbench.insight.journey.honeymoon import Break, breaks
from workbench.insight.language.check import check
from workbench.insight.language.compile import where
from workbench.insight.language.parse import parse
from workbench.insight.tags.layers import Layers
from workbench.insight.tags.resolver import LayerResolver
from workbench.rules.parameters import Rules

BreakState = Literal["clear", "broken", "cannot_tell", "nobody"]


@dataclass(frozen=True, slots=True)
class Breakpoint:
    """One break: of `among` newcomers in its span of days it holds for `broken` and cannot be told for `unknown`; `oldest`:
    the most days since the opening of an account among those broken. `reported`: whether a list tells it at all."""

    of: Break
    among: int
    broken: int
    unknown: int
    oldest: int | None
    reported: bool

    @property
    def state(self) -> BreakState:
        """'cannot_tell' where it can be told of nobody; 'nobody' where no newcomer is in its span."""
        if not self.among:
            return "nobody"
        return "broken" if self.broken else "cannot_tell" if self.unknown == self.among else "clear"

    @property
    def words(self) -> str:
        """The condition of those for whom it broke."""
        return f"{_span(self.of)} and ({self.of.broken})"

    @property
    def words_unknown(self) -> str:
        """The condition of those for whom it cannot be told."""
        return f"{_span(self.of)} and not known({self.of.broken})" if self.reported else _span(self.of)

    @property
    def sentence(self) -> str:
        """How it stands in words, with the column that would tell more."""
        facts = {
            "n": self.broken,
            "among": self.among,
            "unknown": self.unknown,
            "seen": self.of.seen,
            "days": self.oldest,
        }
        if self.state == "nobody":
            return _("这段时间没有新开户的客户。")
        if self.state == "cannot_tell":
            return _("{among}户看不出:名单要有{seen}。").format(**facts)
        words = _("{among}户里{n}户,最久开户{days}天。") if self.broken else _("{among}户里没有。")
        behind = _("另有{unknown}户看不出({seen}为空)。") if self.unknown else ""
        return words.format(**facts) + behind.format(**facts)

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {
            "code": self.of.code, "name": self.of.name, "state": self.state, "among": self.among, "broken": self.broken,
            "cannot_tell": self.unknown, "oldest_days": self.oldest, "owner": self.of.owner, "next": self.of.next,
            "seen_by": self.of.seen, "where": self.words,
        }  # fmt: skip


def breakpoints(conn: Connection, layers: Layers, rules: Rules) -> tuple[Breakpoint, ...]:
    """All breaks over everybody, in one statement."""
    every, resolver = breaks(rules), LayerResolver(layers, conn)
    opened = resolver.column(layers.vocabulary["opened_days"])
    figures = []
    for one in every:
        holds = where(check(parse(one.broken), layers.vocabulary), resolver)
        span = and_(opened >= one.begins, opened <= one.ends)
        broken = and_(span, holds)
        figures += [
            func.count(case((span, 1))),
            func.count(case((broken, 1))),
            func.count(case((and_(span, holds.is_(None)), 1))),
            func.max(case((broken, opened))),
        ]
    longest = max(one.ends for one in every)
    query = select(*figures).select_from(layers.source(resolver.names)).where(opened >= 0, opened <= longest)
    row = tuple(conn.execute(query).one())
    return tuple(
        _made(one, row[4 * n : 4 * n + 4], _reported(one, layers.vocabulary)) for n, one in enumerate(every)
    )


def _made(one: Break, figures: tuple[int, ...], reported: bool) -> Breakpoint:
    among, broken, unknown, oldest = figures
    if not reported:
        return Breakpoint(one, among, 0, among, None, False)
    return Breakpoint(one, among, broken, unknown, oldest, True)


def _reported(one: Break, words: Vocabulary) -> bool:
    """Whether one of the columns that tell it is reported; a blank is only then an answer."""
    return not one.columns or any(
        (term := words.find(name)) is not None and term.reported for name in one.columns
    )


def _span(one: Break) -> str:
    return f"opened_days >= {one.begins} and opened_days <= {one.ends}"
