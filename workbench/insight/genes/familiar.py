"""How familiar a customer is, point by point (domain 2.1): the same figures that the measure `familiarity` adds up."""

from dataclasses import dataclass
from typing import Any

from workbench.base.i18n import _
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class Points:
    """One part of the score: `points` of `most`. `known` is False where no list tells it: no points, and `reason` says so."""

    name: str
    points: int
    most: int
    known: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Familiarity:
    """The score 0..100, None without a contact log. `familiar` starts and ends at different scores (hysteresis)."""

    score: int | None
    familiar: bool | None
    reason: str
    parts: tuple[Points, ...]


def familiarity(values: Values, rules: Rules) -> Familiarity:
    """The familiarity of one customer by his values of the tag layers, with a penalty for silence as a last part."""
    score = values.familiarity
    if score is None:
        reason = _("账本里没有联系记录,熟悉度未知;登记或导入联系记录后就能算。")
        return Familiarity(None, None, reason, ())
    parts = _parts(values, rules)
    silent = score - sum(part.points for part in parts)
    if silent < 0:
        days = values.days_since_talk
        silence = (
            _("{n} 天没有双向沟通").format(n=days)
            if days is not None
            else _("联系记录里没有和该客户的双向沟通")
        )
        parts = (*parts, Points(_("沉默扣分"), silent, 0, True, silence))
    familiar = bool(values.familiar)
    rise, fall = rules.whole("familiar.rise"), rules.whole("familiar.fall")
    words = (
        _("熟悉度 {score} 分:已是熟悉,低于 {fall} 分才降下来。")
        if familiar
        else _("熟悉度 {score} 分:还不熟悉,达到 {rise} 分才算。")
    )
    return Familiarity(score, familiar, words.format(score=score, rise=rise, fall=fall), parts)


def _parts(values: Values, rules: Rules) -> tuple[Points, ...]:
    half, full = rules.numbers("familiar.kyc_line")
    kyc_half, kyc_full = (round(p) for p in rules.numbers("familiar.kyc"))
    wecom = values.wecom if values.wecom is not None else values.wecom_friend
    talks, met = values.talks_90 or 0, values.met_180 or 0
    managed, kyc = values.managed_days, values.kyc
    held = values.product_count if values.product_count is not None else values.families
    family = values.family_fields
    two, one = rules.whole("familiar.talk_two"), rules.whole("familiar.talk_one")
    share = None if kyc is None else f"{kyc:.0%}"
    return (
        _step(_("企微好友"), wecom, wecom == 1, rules.whole("familiar.wecom"), _("是企微好友"), _("没有加企微")),
        Points(
            _("双向沟通"), two if talks >= 2 else one if talks else 0, two, True,
            _("近 {days} 天 {n} 次").format(days=rules.whole("familiar.talk_days"), n=talks),
        ),
        Points(
            _("面访"), rules.whole("familiar.met") if met else 0, rules.whole("familiar.met"), True,
            _("近 {days} 天 {n} 次").format(days=rules.whole("familiar.met_days"), n=met),
        ),
        _step(
            _("管户时间"), managed, (managed or 0) >= rules.whole("familiar.managed_days"),
            rules.whole("familiar.managed"), _("管户 {n} 天").format(n=managed), _("管户 {n} 天").format(n=managed),
        ),
        Points(
            _("KYC 完整度"), 0 if kyc is None or kyc < half else kyc_full if kyc >= full else kyc_half, kyc_full,
            kyc is not None, _("名单里没有这一列") if share is None else share,
        ),
        _step(
            _("产品数"), held, (held or 0) >= rules.whole("familiar.products"),
            rules.whole("familiar.products_points"), _("{n} 个").format(n=held), _("{n} 个").format(n=held),
        ),
        _step(
            _("家庭爱好"), family, (family or 0) >= rules.whole("familiar.family"),
            rules.whole("familiar.family_points"), _("知道 {n} 项").format(n=family),
            _("知道 {n} 项").format(n=family),
        ),
    )  # fmt: skip


def _step(name: str, value: Any, holds: bool, points: int, yes: str, no: str) -> Points:
    if value is None:
        return Points(name, 0, points, False, _("名单里没有这一列"))
    return Points(name, points if holds else 0, points, True, yes if holds else no)
