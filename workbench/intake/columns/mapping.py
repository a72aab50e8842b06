"""Decides which field each column of a sheet feeds: by a dialect, by its heading, or by the look of its cells."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from workbench.base.i18n import _
from workbench.intake.catalogue.fields import CUSTOMER_NO, FieldCatalogue, fits, heading
from workbench.intake.catalogue.meanings import Meaning, unit_of
from workbench.intake.catalogue.periods import MonthNamed, named_months
from workbench.intake.columns.custom import CustomField
from workbench.intake.columns.dialects import MISFIT, UNSURE, Dialect, HeadingChoice
from workbench.intake.columns.heading_keys import keys
from workbench.intake.columns.shapes import Shapes
from workbench.intake.reading.letters import letter
from workbench.intake.report import ColumnMatch, How, Kind, Why
from workbench.rules.parameters import Rules

_RANK: dict[How, int] = {"remembered": 0, "exact": 1, "normalised": 2, "similar": 3, "asked": 3}
#: The score of a field that is asked for a reason.
_PROPOSED = 75.0
#: The name of a column without a heading: its letter in Excel.
_UNNAMED = re.compile(r"列[A-Z]{1,3}")


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of sheets like this one, and the unit that a note on this one names (None: no such note).

    The note and the heading's own unit go before a remembered unit.
    """

    dialect: Dialect | None = None
    custom: Sequence[CustomField] = ()
    noted_unit: str | None = None
    #: the sheet's date (ISO), by which a month in a heading is its own or another one; None while it is unknown
    as_of: str | None = None


_NO_MEMORY = Memory()


def match_columns(
    names: Sequence[str],
    kind: Kind,
    catalogue: FieldCatalogue,
    rules: Rules,
    shapes: Shapes | None = None,
    memory: Memory = _NO_MEMORY,
) -> list[ColumnMatch]:
    """One match per column; `shapes` shows the cells under the headings (None: headings only).

    The surest claim on a field wins: the dialect's, then the catalogue's; later ones stay unknown. What merely looks
    like a field is 'similar' or 'asked' and feeds nothing.
    """
    headed = _Headed(names, kind, catalogue, rules, shapes or Shapes(None, 0, rules), memory)
    claims = [_fitting(claim, headed) for claim in _Sure(headed).claims()]
    taken = {claim.target for claim in claims if claim.target}
    unknown = {
        claim.index for claim in claims if claim.how == "unknown" and not claim.why and names[claim.index]
    }
    guess = _Guess(headed, unknown, taken)
    claims = [guess.claim(claim) if claim.index in unknown else claim for claim in claims]
    winners: dict[str, int] = {}
    for claim in sorted(claims, key=lambda claim: (_RANK.get(claim.how, 9), -claim.score, claim.index)):
        if claim.target:
            winners.setdefault(claim.target, claim.index)
    return [
        _match(
            claim if claim.target is None or winners[claim.target] == claim.index else _kept_apart(claim),
            names[claim.index], headed.shapes,
        )
        for claim in claims
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Headed:
    """The headings of a sheet and everything that they are matched with."""

    names: Sequence[str]
    kind: Kind
    catalogue: FieldCatalogue
    rules: Rules
    shapes: Shapes
    memory: Memory


@dataclass(frozen=True, slots=True)
class _Claim:
    """The field that a column may feed, before the claims of other columns are known."""

    index: int
    how: How = "unknown"
    field: str | None = None
    score: float = 0.0
    unit: str = ""
    custom: str | None = None
    why: Why = ""
    reason: str = ""

    @property
    def target(self) -> str | None:
        """The key of the custom field or of the field of the catalogue; None: no claim."""
        return self.custom or self.field


def _kept_apart(claim: _Claim) -> _Claim:
    """A column whose field another one feeds."""
    return _Claim(claim.index, why=claim.why, reason=claim.reason) if claim.reason else _Claim(claim.index)


class _Sure:
    """Certain matches: by the dialect, by the catalogue, or by the heading of a custom field."""

    def __init__(self, headed: _Headed) -> None:
        rules, custom = headed.rules, headed.memory.custom
        self._names = headed.names
        self._kind = headed.kind
        self._catalogue = headed.catalogue
        self._secret = tuple(word.upper() for word in rules.words("intake.secret_headings"))
        self._own = frozenset(heading(word).plain for word in rules.words("intake.own_headings"))
        self._unnamed_score = rules.number("intake.unnamed_score")
        self._dialect = headed.memory.dialect
        self._custom = {plain: field.key for field in custom for plain in field.headings}
        self._known_custom = frozenset(field.key for field in custom)
        self._noted_unit = headed.memory.noted_unit
        self._as_of = headed.memory.as_of
        self._shapes = headed.shapes

    def claims(self) -> list[_Claim]:
        """One claim per heading; unknown ones claim nothing yet."""
        by_name = keys(self._names)
        same = self._dialect is not None and frozenset(filter(None, by_name)) == self._dialect.headings
        return [
            self._claim(index, name, key, same)
            for index, (name, key) in enumerate(zip(self._names, by_name, strict=True))
        ]

    def _claim(self, index: int, name: str, key: str, same: bool) -> _Claim:
        if not name:
            return _Claim(index)
        plain = heading(name).plain
        if any(word in plain for word in self._secret):
            return _Claim(index, "refused")
        if plain in self._own:
            return _Claim(index, "ignored")
        if remembered := self._remembered(index, name, key, same):
            return self._of_month(remembered, named_months(name))
        if sure := self._catalogue.find(name, self._kind):
            claim = _Claim(index, "exact" if sure[1] == "exact" else "normalised", sure[0].key, 100.0)
            meaning = self._catalogue.meaning(name, self._kind) if sure[1] != "exact" else None
            return self._of_month(claim, meaning.months if meaning is not None else ())
        if plain in self._custom:
            return _Claim(index, "remembered", None, 100.0, custom=self._custom[plain])
        return self._proposed(index, name)

    def _of_month(self, claim: _Claim, months: Sequence[MonthNamed]) -> _Claim:
        """The claim, only asked where the heading names a month that is not the sheet's, as far as that is known."""
        if (
            claim.field is None
            or not months
            or (self._as_of and all(one.is_of(self._as_of) for one in months))
        ):
            return claim
        if self._as_of:
            words = _("列名写的是 {month} 月,这张表的数据日期是 {date}").format(
                month=months[0].month, date=self._as_of
            )
        else:
            words = _("列名写的是 {month} 月,这张表的数据日期还不知道").format(month=months[0].month)
        return replace(claim, how="asked", score=_PROPOSED, why="reason", reason=words)

    def _proposed(self, index: int, name: str) -> _Claim:
        """What the heading may mean, with the reason why it is not sure; one of another time feeds nothing."""
        meaning = self._catalogue.meaning(name, self._kind)
        if meaning is None or not meaning.doubts:
            return _Claim(index)
        reason = _why(meaning)
        if {"other_time", "counted"} & set(meaning.doubts):
            return _Claim(index, why="reason", reason=reason)
        if self._shapes.against(index, meaning.field.kind):
            return _Claim(index)
        return _Claim(index, "asked", meaning.field.key, _PROPOSED, why="reason", reason=reason)

    def _remembered(self, index: int, name: str, key: str, same: bool) -> _Claim | None:
        choice = self._dialect.columns.get(key) if self._dialect is not None else None
        if choice is None or self._dialect is None:
            return None
        if fitting := self._fitting_now(index, name, key, choice):
            return fitting
        if choice.ignored:
            return _Claim(index, "ignored")
        if choice.custom is not None and choice.custom not in self._known_custom:
            return None
        if choice.field is not None:
            field = self._catalogue.fields.get(choice.field)
            if field is None or not fits(field, self._kind):
                return None
        # a column without a heading is known by its place alone: taken only on a sheet of the very same headings
        how: How = "remembered" if same or not _UNNAMED.fullmatch(name) else "similar"
        if how == "similar" and choice.field is None:
            return None
        noted_now = self._noted_unit is not None and self._noted_unit != self._dialect.unit
        unit = "" if noted_now else choice.unit
        return _Claim(
            index,
            how,
            choice.field,
            100.0 if how == "remembered" else self._unnamed_score,
            unit,
            choice.custom,
        )

    def _fitting_now(self, index: int, name: str, key: str, choice: HeadingChoice) -> _Claim | None:
        """The catalogue's field, to be asked, of a column that was kept apart only because its cells did not fit."""
        answered = self._dialect.answered if self._dialect is not None else {}
        if (
            choice != HeadingChoice()
            or key not in answered.get(MISFIT, ())
            or key in answered.get(UNSURE, ())
        ):
            return None
        sure = self._catalogue.find(name, self._kind)
        if sure is None or not self._shapes.fits(index, sure[0].kind, sure[0].key):
            return None
        words = _("上次的内容与列名不符,没有采用;这次相符")
        return _Claim(index, "asked", sure[0].key, _PROPOSED, why="reason", reason=words)


class _Guess:
    """Guesses for an unknown column: a remembered one renamed, a similar heading, or cells of a known shape."""

    def __init__(self, headed: _Headed, unknown: Collection[int], taken: set[str]) -> None:
        rules, dialect = headed.rules, headed.memory.dialect
        self._names = headed.names
        self._kind = headed.kind
        self._catalogue = headed.catalogue
        self._shapes = headed.shapes
        self._taken = taken
        self._telling = frozenset(rules.words("intake.telling_characters"))
        self._ambiguous = frozenset(heading(word).plain for word in rules.words("intake.ambiguous_headings"))
        self._least = rules.number("intake.similar_score")
        self._renamed_least = rules.number("intake.renamed_score")
        choices = dialect.columns if dialect is not None else {}
        present = frozenset(keys(self._names))
        self._gone = {key: choice for key, choice in choices.items() if choice.field and key not in present}
        self._shaped = {index: self._shapes.proposal(index) for index in unknown}
        numbered = [index for index, shape in self._shaped.items() if shape and shape[0] == CUSTOMER_NO]
        if len(numbered) > 1:  # account numbers look the same: which one is the customer's cannot be told
            self._shaped |= dict.fromkeys(numbered)

    def claim(self, claim: _Claim) -> _Claim:
        """The best guess of a field that no other column surely feeds; `claim` itself when there is none."""
        name = self._names[claim.index]
        plain = heading(name).plain
        suggestions: list[tuple[float, str]] = []
        if plain not in self._ambiguous:
            suggestions = [near for near in (self._renamed(name), self._similar(name)) if near is not None]
        shape = self._shaped[claim.index]
        if shape is not None and self._able(shape[0]):
            suggestions.append((shape[1], shape[0]))
        fitting = [
            near
            for near in suggestions
            if near[1] not in self._taken
            and not self._shapes.against(claim.index, self._catalogue[near[1]].kind)
        ]
        if not fitting:
            return claim
        score, field = max(fitting)
        by_values = shape == (field, score)
        return _Claim(
            claim.index,
            "asked" if by_values else "similar",
            field,
            score,
            why="values" if by_values else "likeness",
        )

    def _able(self, field: str) -> bool:
        return field in self._catalogue.fields and fits(self._catalogue[field], self._kind)

    def _similar(self, name: str) -> tuple[float, str] | None:
        near = self._catalogue.alike(name, self._kind, least=self._least, telling=self._telling)
        return near and (near[1], near[0].key)

    def _renamed(self, name: str) -> tuple[float, str] | None:
        """The remembered heading that is missing here and most like this one, telling characters alike."""
        from rapidfuzz import fuzz, process

        plain = heading(name).plain
        choices = [key for key in self._gone if self._marks(key) == self._marks(plain)]
        best = process.extractOne(plain, choices, scorer=fuzz.ratio, score_cutoff=self._renamed_least)
        field = self._gone[best[0]].field if best is not None else None
        return (float(best[1]), field) if best is not None and field and self._able(field) else None

    def _marks(self, plain: str) -> list[str]:
        return sorted(sign for sign in plain if sign in self._telling)


def _fitting(claim: _Claim, headed: _Headed) -> _Claim:
    """The claim, only asked where the cells do not fit the field; a person who chose the column is not asked again."""
    if claim.field is None or claim.how not in ("exact", "normalised", "remembered"):
        return claim
    dialect = headed.memory.dialect
    chosen = dialect.answered.get(MISFIT, frozenset()) if dialect is not None else frozenset()
    if chosen and keys(headed.names)[claim.index] in chosen:
        return claim
    if not headed.shapes.misfit(claim.index, headed.catalogue[claim.field].kind, claim.field):
        return claim
    return replace(claim, how="asked", why="misfit")


def _why(meaning: Meaning) -> str:
    """Why a heading is less than sure, in words."""
    words = {
        "other_time": _("列名里的“{words}”是别的时间,不是这张表的月份"),
        "counted": _("列名里的“{words}”说的是比例或个数,不是这个字段的数值"),
        "tool": _("列名里的“{words}”可能改变了数值"),
        "second_name": _("列名旁边的“{words}”是另一个字段"),
        "remark": _("列名里的“{words}”可能改变它的意思"),
        "numbered": _("列名里的数字可能是序号,也可能是同类的第二项"),
        "vague": _("“{words}”没有写明是哪一项,或者只是其中一部分"),
    }
    heaviest = next(doubt for doubt in words if doubt in meaning.doubts)
    return words[heaviest].format(words=meaning.words)


def _match(claim: _Claim, name: str, shapes: Shapes) -> ColumnMatch:
    return ColumnMatch(
        claim.index, name, claim.field, claim.how, claim.score, unit_of(name) or claim.unit,
        shapes.samples(claim.index) if name else (), letter(claim.index + shapes.first_column), claim.custom,
        claim.why, claim.reason,
    )  # fmt: skip


def claimed_twice(matches: Sequence[ColumnMatch], kind: Kind, catalogue: FieldCatalogue) -> list[ColumnMatch]:
    """Unknown columns whose heading names a field that another column already feeds."""
    return [
        match for match in matches
        if match.field is None and match.how == "unknown" and match.header and catalogue.find(match.header, kind)
    ]  # fmt: skip
