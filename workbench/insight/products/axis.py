"""One side of a pivot: a tag, measure or field cut into groups, each with its label and the condition of its customers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import case, literal

from workbench.base.errors import WorkbenchError
from workbench.base.expressions import Expr
from workbench.base.i18n import _, commas
from workbench.base.money import round_yuan
from workbench.base.terms import Term, Vocabulary
from workbench.rules.parameters import Rules

Key = str | int | None
#: key of the group that holds a text's less frequent values
OTHERS = "\x01others"
_BANDS: Mapping[str, str] = {"money": "pivot.bands.money", "ratio": "pivot.bands.ratio"}


@dataclass(frozen=True, slots=True)
class AxisValue:
    """One group. `key` is what `Axis.key_of` yields for it (None = cannot tell); `where` is its condition."""

    key: Key
    label: str
    where: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The groups in order, 'cannot tell' last; `key_of(column)` is the SQL for the group that a customer is in."""

    term: Term
    groups: tuple[AxisValue, ...]
    key_of: Callable[[Expr], Expr]

    @property
    def label(self) -> str:
        """The name of the tag, measure or field in the language in use."""
        return self.term.label


def term_of(word: str, vocabulary: Vocabulary) -> Term:
    """The tag, measure or field that a word names. Raises WorkbenchError no_such_axis if there is none or it is a date."""
    term = vocabulary.find(word)
    if term is None:
        inside = [one.label for one in vocabulary if word.strip() and word.strip() in one.label]
        near = commas(dict.fromkeys((*inside[:3], *vocabulary.near(word))))
        raise WorkbenchError(
            "no_such_axis",
            _("没有“{word}”这个标签或指标。").format(word=word),
            _("是不是:{near}").format(near=near) if near else _("请用选人中心里的名称。"),
            word=word,
        )
    if term.kind == "date":
        raise WorkbenchError(
            "no_such_axis",
            _("“{word}”是日期,不能用来分组。").format(word=term.label),
            _("请换成标签、层级、金额或个数,例如“距上次联系天数”。"),
            word=word,
        )
    return term


def axis(term: Term, rules: Rules, frequent: Sequence[str] = ()) -> Axis:
    """Cut a term into groups; `frequent` are the values of a text that get a group of their own."""
    name = written(term)
    unknown = AxisValue(None, _("无法判断"), f"{name} is missing")
    if term.kind == "enum":
        groups = [AxisValue(code, label, f"{name} = {quoted(code)}") for code, label in term.values]
        return Axis(term, (*groups, unknown), lambda column: column)
    if term.kind == "flag":
        groups = [AxisValue(1, _("是"), f"{name} = 是"), AxisValue(0, _("否"), f"{name} = 否")]
        return Axis(term, (*groups, unknown), lambda column: column)
    if term.kind == "text":
        return _of_text(term, name, frequent, unknown)
    return _of_number(term, name, bounds_of(term, rules), unknown)


def _of_text(term: Term, name: str, frequent: Sequence[str], unknown: AxisValue) -> Axis:
    groups = [AxisValue(value, value, f"{name} = {quoted(value)}") for value in frequent]
    listed = ", ".join(quoted(value) for value in frequent)
    rest = f"{name} not in ({listed})" if frequent else f"{name} is told"

    def key_of(column: Expr) -> Expr:
        """The text itself if it is frequent, else OTHERS; NULL for NULL."""
        own = [(column.in_(frequent), column)] if frequent else []
        return case((column.is_(None), None), *own, else_=literal(OTHERS))

    return Axis(term, (*groups, AxisValue(OTHERS, _("其他"), rest), unknown), key_of)


def bounds_of(term: Term, rules: Rules) -> tuple[float, ...]:
    """The limits between the bands of a number, lowest first (parameters `pivot.bands.*`); money in yuan."""
    if term.name == "age":
        return rules.numbers("pivot.bands.age")
    return rules.numbers(_BANDS.get(term.kind, "pivot.bands.count"))


def _of_number(term: Term, name: str, bounds: Sequence[float], unknown: AxisValue) -> Axis:
    amounts = [_amount(term, bound) for bound in bounds]
    groups = [AxisValue(0, _("{line} 以下").format(line=amounts[0]), f"{name} < {_plain(bounds[0])}")]
    for place in range(1, len(bounds)):
        low, high = bounds[place - 1], bounds[place]
        label = _between(term, low, high, amounts[place - 1], amounts[place])
        groups.append(AxisValue(place, label, f"{name} >= {_plain(low)} and {name} < {_plain(high)}"))
    last = _("{line} 及以上").format(line=amounts[-1])
    groups.append(AxisValue(len(bounds), last, f"{name} >= {_plain(bounds[-1])}"))
    unit = 100 if term.kind == "money" else 1

    def key_of(column: Expr) -> Expr:
        """The number of the band, 0 for the lowest; NULL for NULL. Money columns are fen, the bounds yuan."""
        steps = [(column < bound * unit, literal(place)) for place, bound in enumerate(bounds)]
        return case((column.is_(None), None), *steps, else_=literal(len(bounds)))

    return Axis(term, (*groups, unknown), key_of)


def _between(term: Term, low: float, high: float, low_shown: str, high_shown: str) -> str:
    if term.kind == "count" and high - low == 1:
        return low_shown
    if term.kind == "count":
        return f"{low_shown}–{_amount(term, high - 1)}"
    return f"{low_shown}–{high_shown}"


def _amount(term: Term, value: float) -> str:
    if term.kind == "ratio":
        return f"{value:.0%}"
    if term.kind == "money":
        return round_yuan(value)
    return f"{value:g}"


def _plain(value: float) -> str:
    return f"{value:.10f}".rstrip("0").rstrip(".")


def written(term: Term) -> str:
    """The name of a term as the language of conditions spells it: bare if it is an identifier, else in backquotes."""
    return term.name if term.name.isascii() and term.name.isidentifier() else f"`{term.name}`"


def quoted(value: str) -> str:
    """A text as the language of conditions spells it: in single quotes, quotes inside doubled."""
    return "'" + value.replace("'", "''") + "'"


def both(*conditions: str) -> str:
    """Join conditions by `and`; empty ones are left out, a single one stays as it is."""
    filled = [one for one in conditions if one]
    return filled[0] if len(filled) == 1 else " and ".join(f"({one})" for one in filled)
