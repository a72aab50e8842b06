"""What a heading means once everything around its known words is taken off, and what stays open."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from workbench.intake.catalogue import periods
from workbench.intake.catalogue.field import Field
from workbench.intake.catalogue.peeling import SHARES, Peeled, ends, levels, peelings
from workbench.intake.catalogue.periods import MonthNamed
from workbench.intake.catalogue.plain import heading, plain_form
from workbench.rules.parameters import Rules

#: Why a heading is not sure: a remark that may change it, a tool's word, a second name of another field, another
#: time, a share or a number instead of an amount.
Doubt = Literal["remark", "tool", "second_name", "numbered", "other_time", "vague", "counted"]
#: from the lightest to the heaviest
_WEIGHT: dict[Doubt, int] = {
    "remark": 2,
    "tool": 3,
    "numbered": 2,
    "vague": 4,
    "second_name": 5,
    "other_time": 6,
    "counted": 6,
}
LONGEST_HEADING = 60
#: a note with its value: 数据日期:20261031
_IN_BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
_VALUE = re.compile(r"[:：]\s*(?:\d{4}|\d{1,2}月\d)")
_SPAN = re.compile(r"[本当]?[月季年]度?")
#: a number at an end of a heading: numbering, or the second of its kind (手机号2)
_NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\s*(?=[^\d月年日个次天笔])|(?<=[^\d前近第])\d{1,2}$")


@dataclass(frozen=True, slots=True)
class Meaning:
    """The field that a heading names. `doubts` say why it is less than sure, `words` what of the heading they are about;
    `months` are those it names, to be compared with the sheet's."""

    field: Field
    doubts: tuple[Doubt, ...] = ()
    months: tuple[MonthNamed, ...] = ()
    words: str = ""

    @property
    def weight(self) -> int:
        """How much is open: 0 for nothing."""
        return sum(_WEIGHT[doubt] for doubt in self.doubts)


#: the field with exactly this plain form, and whether it only may mean it
Known = Callable[[str], tuple[Field, bool] | None]


@dataclass(frozen=True, slots=True)
class _Words:
    fillers: tuple[str, ...]
    bank_fillers: tuple[str, ...]
    tails: tuple[str, ...]
    telling: tuple[str, ...]
    other_latin: frozenset[str]
    vague: frozenset[str]
    groups: frozenset[str]


@cache
def _words() -> _Words:
    rules = Rules.load()
    times = periods.period_words()
    vague = (*rules.words("intake.vague_headings"), *rules.words("intake.ambiguous_headings"))
    return _Words(
        rules.words("intake.heading_fillers"), rules.words("intake.bank_fillers"), rules.words("intake.heading_tails"),
        (*rules.words("intake.telling_remarks"), *times.other), frozenset(rules.words("intake.other_latin_words")),
        frozenset(plain_form(word) for word in vague), frozenset(map(plain_form, rules.words("intake.heading_groups"))),
    )  # fmt: skip


def read(original: str, known: Known) -> Meaning | None:
    """The meaning with the fewest doubts; None when nothing known is left of the heading."""
    if (
        len(original) > LONGEST_HEADING
        or not any(map(str.isalpha, original))
        or _VALUE.search(_IN_BRACKETS.sub("", original))
    ):
        return None
    best: Meaning | None = None
    for one in peelings(original, _words().telling):
        for meaning in _of(one, known):
            if not meaning.doubts:
                return meaning
            if best is None or meaning.weight < best.weight:
                best = meaning
    return best


@cache
def unit_of(original: str) -> str | None:
    """The unit that a heading names, remarks around it or not; None for none."""
    if unit := heading(original).unit:
        return unit
    if len(original) > LONGEST_HEADING:
        return None
    units = (
        heading(text).unit for one in peelings(original, _words().telling) for text in (one.core, one.rest)
    )
    return next(filter(None, units), None)


def _of(one: Peeled, known: Known) -> Iterator[Meaning]:
    tool: tuple[Doubt, ...] = ("tool",) if one.tool else ()
    code = (one.code,) if one.code else ()
    texts = [(one.core, code), (one.rest, (*code, *one.brackets))]
    if span := _span(one):  # AUM日均(年)
        yield from (meaning for meaning in (_timed(span + one.rest, known),) if meaning)
    for text, left_out in texts:
        for core, numbered in _cores(text):
            if meaning := _timed(core, known):
                counted: tuple[Doubt, ...] = ("counted",) if _miscounted(one.counted, meaning.field) else ()
                doubts = (*tool, *numbered, *_beside(left_out, meaning.field, known), *counted)
                yield _with(meaning, doubts, one.tool or "".join(left_out) or one.counted)
        if one.rest == one.core:
            return
    for text in one.brackets:  # 'KHBH(客户号)': the name may stand in the bracket
        if meaning := _timed(text, known):
            sure = one.rest.isascii() and _neutral_latin(one.rest)
            yield _with(meaning, tool if sure else (*tool, "remark"), one.tool or one.rest)


def _span(one: Peeled) -> str:
    """The month, quarter or year that a bracket names of an average; '' for none."""
    text = one.counted or (one.brackets[0] if len(one.brackets) == 1 else "")
    return text if "均" in one.rest and _SPAN.fullmatch(text) else ""


def _miscounted(counted: str, field: Field) -> bool:
    """Whether what a heading says its cells count is nothing that the field holds: AUM(%), 理财(笔)."""
    if counted in SHARES:
        return field.kind not in ("percent", "number", "text")
    return bool(counted) and field.kind in ("money", "percent")


def _with(meaning: Meaning, doubts: tuple[Doubt, ...], words: str) -> Meaning:
    if not doubts:
        return meaning
    every = tuple(dict.fromkeys((*meaning.doubts, *doubts)))
    return Meaning(meaning.field, every, meaning.months, meaning.words or words)


def _cores(text: str) -> Iterator[tuple[str, tuple[Doubt, ...]]]:
    yield text, ()
    if (once := levels(text)) is not None:
        yield once, ()
    group, mark, under = text.partition(next((sign for sign in text if sign in "-_|/>:—"), "\0"))
    if mark and plain_form(group) in _words().groups:  # 客户信息_客户号
        yield ends(under), ()
    bare = [ends(text.removesuffix(tail)) for tail in _words().tails if text.endswith(tail) and text != tail]
    yield from ((one, ()) for one in bare)
    for one in (text, *bare):
        if (unnumbered := _NUMBER.sub("", one)) != one:
            yield ends(unnumbered), ("numbered",)


def _timed(text: str, known: Known) -> Meaning | None:
    """The meaning of a text without its words of time."""
    plain = heading(text).plain
    if sure := known(plain):
        return Meaning(sure[0], ("vague",) if sure[1] else (), (), plain if sure[1] else "")
    if meaning := _filled(plain, known):
        return meaning
    dated = periods.dated("".join(text.split()))
    if "".join(text.split()) != (now := periods.own(dated.text)) and (meaning := _settled(now, known)):
        if dated.months and meaning.field.kind == "date":  # 数据日期:2026年10月31日 is a note with its value
            return None
        return Meaning(meaning.field, meaning.doubts, dated.months, meaning.words)
    for span, end in ((periods.of_quarter(now), "_quarter_average"), (periods.of_year(now), "_year_average")):
        if span != now and (meaning := _settled(span, known)) and meaning.field.key.endswith(end):
            return Meaning(meaning.field, meaning.doubts, dated.months, meaning.words)
    other = periods.other(now)
    if other.other and (meaning := _settled(other.text, known)):
        return Meaning(meaning.field, (*meaning.doubts, "other_time"), dated.months, other.other)
    return None


def _settled(text: str, known: Known) -> Meaning | None:
    """The meaning of what is left; headings that could be anything mean nothing."""
    plain = heading(text).plain
    if plain in _words().vague:
        return None
    if sure := known(plain):
        return Meaning(sure[0], ("vague",) if sure[1] else (), (), plain if sure[1] else "")
    return _filled(plain, known)


def _filled(plain: str, known: Known) -> Meaning | None:
    """The meaning without the words that add nothing: 客户年龄, 我行存款余额, 手机号信息."""
    words = _words()
    for fillers, every in ((words.fillers, True), (words.bank_fillers, False)):
        for word in fillers:
            rest = plain.removeprefix(word)
            if rest == plain or rest in words.vague or not (sure := known(rest)) or sure[1]:
                continue
            if every or sure[0].parts or sure[0].key.endswith("_balance"):
                return Meaning(sure[0])
            return Meaning(sure[0], ("remark",), (), word)
    return None


def _beside(parts: Sequence[str], field: Field, known: Known) -> tuple[Doubt, ...]:
    """What speaks against leaving out these parts beside a name of the field."""
    doubts: list[Doubt] = []
    for text in parts:
        meaning = _timed(text, known)
        if meaning is not None and not meaning.doubts and meaning.field != field:
            if not _same_product(meaning.field, field):
                doubts.append("second_name")
        elif meaning is None and periods.other(text).other:
            doubts.append("other_time")
        elif meaning is None and not (text.isascii() and _neutral_latin(text)):
            doubts.append("remark")
        elif meaning is not None and meaning.doubts:
            doubts.extend(meaning.doubts)
    return tuple(dict.fromkeys(doubts))


def _same_product(one: Field, other: Field) -> bool:
    """金融资产(AUM)月日均: the same product, named again without a measure."""
    return (
        bool(one.parts)
        and bool(other.parts)
        and one.parts[0] == other.parts[0]
        and one.key.endswith("_balance")
    )


def _neutral_latin(text: str) -> bool:
    """Whether a code or an English name beside a Chinese one adds nothing: words, none of which tells another figure."""
    words = [
        word for word in "".join(sign if sign.isalnum() else " " for sign in text.upper()).split() if word
    ]
    letters = sum(map(str.isalpha, text))
    return letters > 1 and not any(
        word in _words().other_latin or any(map(str.isdigit, word)) or (len(word) == 1 and len(words) == 1)
        for word in words
    )
