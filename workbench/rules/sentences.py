"""The Chinese sentence of a verdict, built from its evidence: the same figures, no second copy of the rule."""

from collections.abc import Callable, Iterable, Mapping

from db.values import Json
from workbench.base.i18n import language
from workbench.base.money import wan
from workbench.rules.parameters import Rules


class Sentence:
    """A sentence that is put into words when it is first read, and again in another language: thousands of customers have
    one, a few dozen are listed. Equal to a sentence, or a text, of the same words."""

    __slots__ = ("_language", "_say", "_words")

    def __init__(self, say: Callable[[], str]) -> None:
        self._say = say
        self._language = self._words = ""

    def __str__(self) -> str:
        if self._language != language():
            self._words, self._language = self._say(), language()
        return self._words

    def __repr__(self) -> str:
        return repr(str(self))

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, str | Sentence) and str(self) == str(other))

    def __hash__(self) -> int:
        return hash(str(self))


def shown(name: str, value: Json) -> str:
    """A figure as it stands in a sentence: money as 万, shares in percent, averages with one decimal."""
    if name.endswith("_fen") and isinstance(value, int | float):
        return wan(round(value))
    if name.endswith("share") and isinstance(value, int | float):
        return f"{value:.0%}" if abs(value) >= 0.1 else f"{value:.1%}"
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return str(value)


def clause(rules: Rules, key: str, figures: Mapping[str, Json]) -> str:
    """One clause of the rule texts with its figures; a figure that is not told shows as —."""
    return rules.text(key).format_map(_Figures(figures))


def reason(rules: Rules, code: str, evidence: Mapping[str, Json]) -> str:
    """The sentence of a signal: the data date, then a clause for each cause that reached severity 1; a clause beside others
    takes its `.beside` form, which leaves out what those tell."""
    causes = evidence["causes"]
    if not isinstance(causes, Iterable):
        raise TypeError("the causes of a signal are several")
    keys = [f"{code}.{cause}" for cause in causes]
    beside = [f"{key}.beside" if len(keys) > 1 and rules.has_text(f"{key}.beside") else key for key in keys]
    clauses = [clause(rules, key, evidence) for key in beside]
    joined = rules.text("reason.joint").join(clauses)
    return rules.text("reason.head").format(as_of=evidence["as_of"], clauses=joined)


def undated(rules: Rules, as_of: str | None, sentence: str) -> str:
    """A reason without 'as of …' before each clause, for a list whose head names the date."""
    head = rules.text("reason.head").partition("{clauses}")[0]
    return sentence.replace(head.format(as_of=as_of), "") if as_of else sentence


class _Figures:
    """Figures put into words only when a clause names them."""

    def __init__(self, figures: Mapping[str, Json]) -> None:
        self._figures = figures

    def __getitem__(self, name: str) -> str:
        value = self._figures.get(name)
        return "—" if value is None else shown(name, value)
