"""The gene card of one customer (domain 2): relation, style, segments, personas, contradictions, each with its reason."""

from dataclasses import asdict, dataclass
from typing import Any

from workbench.base.i18n import _, commas
from workbench.base.money import wan
from workbench.insight.genes.conflict import GeneContradiction, contradictions
from workbench.insight.genes.data import (
    NEUTRAL,
    Letter,
    Quadrant,
    letters,
    pairings,
    personas,
    quadrants,
    segments,
    unknown_quadrant,
)
from workbench.insight.genes.familiar import Familiarity, familiarity
from workbench.insight.genes.speaking import spoken_style, sureness
from workbench.insight.genes.wording import called, facts, value_of
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules

_POTENTIAL = (
    "monthly_income", "credit_limit", "merchant_amount", "same_name_mean", "payroll_mean", "yearly_income",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """大, 大(潜) or 小: `code` 'big', 'potential', 'small' or None (cannot tell). `missing`: columns that would show
    potential."""

    code: str | None
    name: str
    reason: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuadrantPlace:
    """The quadrant of relation. `quadrant` is None if familiarity or size is unknown; `ask` is then the question to put."""

    code: str | None
    name: str
    quadrant: Quadrant | None
    stance: str
    reason: str
    ask: str


@dataclass(frozen=True, slots=True)
class Style:
    """The observed style (主观观察). `speak` is the style to address: 'neutral' when confidence is low or unknown.

    `confidence` 0..1; `level`: 'low', 'middle', 'high' or None. `pairing` is the hint for the manager's own style, ''
    when that is unknown.
    """

    letter: str | None
    confidence: float | None
    level: str | None
    name: str
    cues: int
    speak: str
    hints: Letter
    pairing: str
    reason: str
    ask: str


@dataclass(frozen=True, slots=True)
class SegmentVerdict:
    """One segment: `hit`, or None (cannot tell) with the `missing` columns and the question (`ask`) that would tell."""

    code: str
    name: str
    hit: bool | None
    reason: str
    missing: tuple[str, ...]
    ask: str


@dataclass(frozen=True, slots=True)
class PersonaVerdict:
    """A candidate persona (domain 11.8), to be confirmed by the manager; `hit` None: cannot tell."""

    code: str
    name: str
    hit: bool | None
    confidence: float | None
    reason: str
    needs: tuple[str, ...]
    ask: str


@dataclass(frozen=True, slots=True)
class GeneCard:
    """The genes of one customer as of a date. `asks`: questions for the next contact, the most useful first."""

    as_of: str | None
    relation: QuadrantPlace
    size: Size
    familiarity: Familiarity
    style: Style
    segments: tuple[SegmentVerdict, ...]
    primary: str | None
    primary_name: str
    primary_reason: str
    personas: tuple[PersonaVerdict, ...]
    personas_reason: str
    contradictions: tuple[GeneContradiction, ...]
    asks: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The card without the style: an observation is subjective and not exported (domain 2.2, 17)."""
        body = asdict(self)
        del body["style"]
        return body


def card(values: Values, rules: Rules, *, as_of: str | None = None, manager: str | None = None) -> GeneCard:
    """The gene card by a customer's values of the tag layers. `manager`: the letter of the manager's own style."""
    familiar = familiarity(values, rules)
    size, style = _size(values, rules), _style(values, rules, manager)
    verdicts = tuple(_segment(one, values) for one in segments())
    primary = values.g_seg_main_m0
    candidates = _personas(values)
    relation = _relation(values, familiar, size)
    return GeneCard(
        as_of, relation, size, familiar, style, verdicts, primary, _main_name(primary), _main_reason(primary, verdicts),
        candidates, _personas_reason(values, candidates), contradictions(values), _asks(relation, verdicts, candidates),
    )  # fmt: skip


# -- relation ------------------------------------------------------------------------------------------------------


def _size(values: Values, rules: Rules) -> Size:
    code, average = values.g_size_now_m0, values.average
    line = wan(round(rules.number("genes.big") * 100))
    potential = values.g_pot_wealth_m0
    missing = tuple(name for name in _POTENTIAL if values.look_up(name) is None) if potential is None else ()
    if code is None:
        reason = _("没有资产月日均,也没有时点余额,分不出大小。")
        return Size(None, _("大小未知"), reason, ("average",))
    figures = {"average": wan(average), "line": line, "why": commas(facts(_POTENTIAL, values))}
    if code == "big":
        return Size(code, _("大"), _("月日均 {average},达到 {line}。").format(**figures), ())
    if code == "potential":
        words = _("月日均 {average},没有到 {line},但看到潜力:{why}。").format(**figures)
        return Size(code, _("大(潜)"), words, ())
    words = _("月日均 {average},没有到 {line}").format(**figures)
    if missing:
        words += _(";潜力无法判断,缺:{names}").format(names=commas(called(n) for n in missing))
    return Size(code, _("小"), _("{words}。").format(words=words), missing)


def _relation(values: Values, familiar: Familiarity, size: Size) -> QuadrantPlace:
    code = values.g_quad_now_d0
    one = quadrants().get(str(code))
    if one is not None:
        return QuadrantPlace(code, _(one.name), one, _(one.stance), familiar.reason + size.reason, "")
    body = unknown_quadrant()
    if familiar.score is None:
        return QuadrantPlace(
            None, _(body["name"]), None, _(body["stance"]), _(body["advice"]), _(body["ask"])
        )
    return QuadrantPlace(None, _("象限未知"), None, _(body["stance"]), size.reason, "")


# -- style ---------------------------------------------------------------------------------------------------------


def _style(values: Values, rules: Rules, manager: str | None) -> Style:
    letter, sure, cues = values.style, values.style_confidence, values.cues or 0
    level = sureness(values, rules)
    speak = spoken_style(values, rules) or NEUTRAL
    need, contacts = rules.whole("style.cues"), rules.whole("style.contacts")
    ask = _("下次联系后在观察卡上勾几条线索,要 {need} 条以上、来自 {contacts} 次以上联系。").format(
        need=need, contacts=contacts
    )
    if letter is None:
        reason = (
            _("只有 {n} 条线索,看不出风格,暂按中性话术。").format(n=cues)
            if cues
            else _("还没有线索,看不出风格,暂按中性话术。")
        )
        if sure is not None:
            reason = _("{n} 条线索里两种风格一样多,暂按中性话术。").format(n=cues)
        return Style(None, sure, None, _("看不出"), cues, speak, letters()[speak], "", reason, ask)
    name = f"{letter} {_(letters()[letter].name)}"
    words = {"low": _("低"), "middle": _("中"), "high": _("高")}[str(level)]
    reason = _("{n} 条线索指向 {name},置信度 {sure:.2f}({level})").format(
        n=cues, name=name, sure=sure, level=words
    )
    ending = _("{words},暂按中性话术。") if speak == NEUTRAL else _("{words}。")
    reason = ending.format(words=reason)
    hint = _(pairings()[manager + letter]) if manager and speak != NEUTRAL else ""
    return Style(
        letter, sure, level, name, cues, speak, letters()[speak], hint,
        reason + _("(主观观察)"), ask if speak == NEUTRAL else "",
    )  # fmt: skip


# -- segments ------------------------------------------------------------------------------------------------------


def _segment(one: Any, values: Values) -> SegmentVerdict:
    hit = values.look_up(one.column)
    names = tuple(name for name, _question in one.inputs)
    evidence = commas(facts(names, values))
    if hit is None:
        missing = tuple(name for name in names if values.look_up(name) is None) or names
        ask = next(question for name, question in one.inputs if name in missing)
        reason = _("无法判断,缺:{names}。").format(names=commas(called(name) for name in missing))
        if evidence:
            reason += _("已知:{known}。").format(known=evidence)
        return SegmentVerdict(one.code, _(one.name), None, reason, missing, _(ask))
    words = _("{known}。{definition}。") if hit else _("{known}。不符合:{definition}。")
    reason = words.format(known=evidence or _("依据见标签"), definition=_(one.definition))
    return SegmentVerdict(one.code, _(one.name), bool(hit), reason, (), "")


def _main_name(primary: str | None) -> str:
    names = {one.code: _(one.name) for one in segments()}
    if primary is None:
        return _("主客群待定")
    return names.get(primary, _("未分群"))


def _main_reason(primary: str | None, verdicts: tuple[SegmentVerdict, ...]) -> str:
    if primary is None:
        return _("没有一类确认命中,还有 {n} 类无法判断。").format(n=sum(v.hit is None for v in verdicts))
    if primary == "none":
        return _("八类都不符合,先补 KYC 资料。")
    above = []
    for verdict in verdicts:
        if verdict.code == primary:
            break
        if verdict.hit is None:
            above.append(verdict.name)
    words = _("命中的客群里{name}排在最前").format(name=_main_name(primary))
    if above:
        words += _(";{names}还无法判断").format(names=commas(above))
    return _("{words}。").format(words=words)


# -- personas ------------------------------------------------------------------------------------------------------


def _personas(values: Values) -> tuple[PersonaVerdict, ...]:
    """The personas; only customers of the top tower or with potential have any (domain 11.8)."""
    if values.tower != "top" and values.g_pot_wealth_m0 != 1:
        return ()
    sure = values.g_per_sure_m0
    verdicts = []
    for one in personas():
        flag = values.look_up(one.column)
        hit = None if flag is None else bool(flag)
        evidence = commas(
            f"{_(words)} {value_of(name, value)}"
            for name, words in one.evidence
            if (value := values.look_up(name)) is not None
        )
        lacking = commas(_(words) for name, words in one.evidence if values.look_up(name) is None)
        if hit is None:
            reason = _("无法判断,缺:{names}。").format(names=lacking or _("依据"))
        else:
            reason = (_("候选:{known}。") if hit else _("不是:{known}。")).format(known=evidence or "—")
        verdicts.append(
            PersonaVerdict(
                one.code, _(one.name), hit, sure if hit else None, reason,
                tuple(_(need) for need in one.needs), "" if hit is False else _(one.ask),
            )
        )  # fmt: skip
    return tuple(verdicts)


def _personas_reason(values: Values, verdicts: tuple[PersonaVerdict, ...]) -> str:
    if not verdicts:
        if values.tower is None:
            return _("不知道层级,高客人设无法判断。")
        return _("不在塔尖,也没有看到潜力证据,不做高客人设。")
    hits = [one.name for one in verdicts if one.hit]
    return (
        _("候选人设:{names},请客户经理确认。").format(names=commas(hits))
        if hits
        else _("是高客,人设还看不出。")
    )


def _asks(
    relation: QuadrantPlace,
    verdicts: tuple[SegmentVerdict, ...],
    candidates: tuple[PersonaVerdict, ...],
) -> tuple[str, ...]:
    """Each question once: segments in their order, then personas, the log."""
    wanted = [v.ask for v in verdicts if v.hit is None]
    wanted += [p.ask for p in candidates if p.hit is None]
    return tuple(dict.fromkeys(one for one in (*wanted, relation.ask) if one))
