"""Suitability (domain 8.1): may this customer be sold this product? Eleven checks in order, each with its sentence.

A product is sellable only if R <= C and C is valid on the day. A figure that is not told never counts as permission."""

import datetime as dt
from dataclasses import replace
from typing import Any

from sqlalchemy import and_, case, literal, or_

from workbench.base.expressions import Expr
from workbench.base.i18n import _
from workbench.base.money import wan
from workbench.base.percent import against
from workbench.insight.products.verdict import Buyer, Offered, Outcome, SuitabilityCheck, SuitabilityVerdict
from workbench.insight.shelf.families import Family
from workbench.insight.shelf.regimes import STRUCTURED, is_free, is_safe, plain
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules


def names() -> tuple[str, ...]:
    """The names of the eleven checks in order, in the language in use."""
    return (
        _("风评有效"), _("风险匹配"), _("最低类别"), _("年长客户"), _("期限匹配"), _("集中度"),
        _("承受能力"), _("合格投资者"), _("双录"), _("重复测评"), _("持有错配"),
    )  # fmt: skip


def assess(customer: Buyer, product: Offered, on: dt.date, rules: Rules) -> SuitabilityVerdict:
    """All eleven checks of selling `product` to `customer` on a day, in order, none left out (domain 8.1)."""
    assumed = rules.whole("suit.structured_risk")
    if product.regime == STRUCTURED and product.risk is None and assumed:
        product = replace(product, seller_risk=assumed)
    free = is_free(product.regime, product.risk, rules)
    outcomes = (
        _test(customer, product, rules, free),
        _match(customer, product, free),
        _lowest(customer, product, free),
        _age(customer, product, rules, free),
        _term(customer, product),
        _concentration(customer, product, rules, free),
        _affordable(customer, product, rules),
        _qualified(customer, product, rules),
        _recording(product, rules),
        _retests(customer, product, rules, free),
        _mismatch(customer),
    )
    checks = (
        SuitabilityCheck(number, name, outcome, reason)
        for number, (name, (outcome, reason)) in enumerate(zip(names(), outcomes, strict=True), start=1)
    )
    return SuitabilityVerdict(product.name, tuple(checks), on.isoformat())


CheckOutcome = tuple[Outcome, str]


def _test(buyer: Buyer, product: Offered, rules: Rules, free: bool) -> CheckOutcome:
    if free:
        return "ok", _("这类产品不看风险测评")
    if rules.flag("suit.r1_without_test") and product.risk == 1:
        return "ok", _("R1 产品可以介绍信息,不构成推荐")
    if buyer.risk_class is None:
        return "block", _untested(product, rules)
    if buyer.valid_days is None:
        return "cannot_tell", _("名单没有风评到期日或测评日,不知道风评是否还有效,请先核对")
    if buyer.valid_days < 0:
        return "block", _("风险测评已过期 {days} 天,要重新测评").format(days=-buyer.valid_days)
    if buyer.circumstances_changed:
        return "block", _("客户情况有重大变化,要重新测评")
    return "ok", _("风险测评还有 {days} 天有效").format(days=buyer.valid_days)


def _untested(product: Offered, rules: Rules) -> str:
    """The reason for a customer without a risk class; for a structured deposit, why it is not treated as a deposit."""
    if product.regime == STRUCTURED and product.risk is None:
        return _("没有风险承受等级;这个结构性存款没有产品风险等级,也没有写明保本,不当存款介绍,请先做风险测评")
    if product.regime == STRUCTURED or product.regime in rules.words("suit.free"):
        words = _("没有风险承受等级,产品是 R{risk},不能当存款介绍,请先做风险测评")
        return words.format(risk=product.risk)
    return _("没有风险承受等级,只能介绍存款和国债,请先做风险测评")


def _match(buyer: Buyer, product: Offered, free: bool) -> CheckOutcome:
    if free:
        return "ok", _("这类产品没有风险等级")
    if product.risk is None and product.regime == STRUCTURED:
        return "cannot_tell", _(
            "这个结构性存款没有写明保本,也没有风险等级,不当存款介绍:产品清单补上“产品风险等级”列就能判断"
        )
    if product.risk is None:
        return "cannot_tell", _("产品没有风险等级,不知道能否销售,请先查产品说明书")
    if buyer.risk_class is None:
        return "cannot_tell", _("没有风险承受等级,无法与产品 R{risk} 对照").format(risk=product.risk)
    figures = {"risk": product.risk, "of": buyer.risk_class}
    ratings = {one for one in (product.issuer_risk, product.seller_risk) if one is not None}
    if product.risk > buyer.risk_class:
        if len(ratings) > 1:
            words = _("产品按发行与销售评级中较高的 R{risk} 算,高于客户 C{of},不得销售")
            return "block", words.format(**figures)
        return "block", _("产品 R{risk} 高于客户 C{of},不得销售").format(**figures)
    if not buyer.tested:
        return "cannot_tell", _("风险测评不在有效期内,产品 R{risk} 不能与客户 C{of} 对照").format(**figures)
    if len(ratings) > 1:
        words = _("产品按发行与销售评级中较高的 R{risk} 算,不高于客户 C{of}")
        return "ok", words.format(**figures)
    return "ok", _("产品 R{risk} 不高于客户 C{of}").format(**figures)


def _lowest(buyer: Buyer, product: Offered, free: bool) -> CheckOutcome:
    if free or not buyer.lowest_class:
        return "ok", _("不属于风险承受能力最低类别") if not free else _("这类产品没有风险等级")
    if product.risk is None:
        return "cannot_tell", _("客户属最低类别,产品没有风险等级")
    if product.risk > 1:
        words = _("客户属风险承受能力最低类别,只能购买 R1,这个产品是 R{risk}")
        return "block", words.format(risk=product.risk)
    return "ok", _("客户属最低类别,产品是 R1")


def _age(buyer: Buyer, product: Offered, rules: Rules, free: bool) -> CheckOutcome:
    line = rules.whole("suit.old_risk")
    if product.risk is None:
        if free:
            return "ok", _("这类产品没有风险等级")
        return "cannot_tell", _("产品没有风险等级,不知道是否要加强确认")
    if product.risk < line:
        return "ok", _("产品低于 R{risk},没有年龄限制").format(risk=line)
    if buyer.age is None:
        return "cannot_tell", _("名单没有年龄,不知道是否要加强确认")
    figures = {"age": buyer.age, "risk": product.risk}
    if buyer.age >= rules.whole("suit.very_old_age") and rules.flag("suit.very_old_supervisor"):
        return "warn", _("客户 {age} 岁买 R{risk},要主管审批并双录").format(**figures)
    if buyer.age >= rules.whole("suit.old_age"):
        return "warn", _("客户 {age} 岁买 R{risk},要加强确认并双录").format(**figures)
    return "ok", _("客户 {age} 岁,没有到加强确认的年龄").format(**figures)


def _term(buyer: Buyer, product: Offered) -> CheckOutcome:
    if not product.term_days:
        return "ok", _("产品没有固定期限,可随时或定期赎回")
    if buyer.liquidity_days is None:
        words = _("没有了解客户的用款时间,产品期限 {term} 天,请先询问")
        return "cannot_tell", words.format(term=product.term_days)
    figures = {"term": product.term_days, "need": buyer.liquidity_days}
    if product.term_days > buyer.liquidity_days:
        return "warn", _("产品期限 {term} 天,长于客户可接受的 {need} 天").format(**figures)
    return "ok", _("产品期限 {term} 天,不长于客户可接受的 {need} 天").format(**figures)


def _concentration(buyer: Buyer, product: Offered, rules: Rules, free: bool) -> CheckOutcome:
    if is_safe(product.regime, product.risk, rules):
        return "ok", _("存款、国债和服务不看集中度")
    if product.amount is None or not buyer.aum:
        return "cannot_tell", _("没有购买金额或资产余额,看不出集中度")
    after = (product.amount + product.held_amount) / buyer.aum
    risky = product.risk is not None and product.risk >= rules.whole("suit.risky_level")
    single = rules.number("suit.single_share")
    strict = min(single, rules.number("suit.risky_share"))
    line = strict if risky else single
    of, than = against(after, line)
    figures = {"amount": wan(product.amount), "share": of, "line": than}
    if after > line:
        return "warn", _("买 {amount} 后这一个产品占资产 {share},超过 {line}").format(**figures)
    if product.risk is None and not free and after > strict:
        words = _("买 {amount} 后这一个产品占资产 {share};产品没有风险等级,不知道上限是不是 {line}")
        return "cannot_tell", words.format(**{**figures, "line": f"{strict:.0%}"})
    return "ok", _("买 {amount} 后这一个产品占资产 {share},不超过 {line}").format(**figures)


def _affordable(buyer: Buyer, product: Offered, rules: Rules) -> CheckOutcome:
    if product.regime in ("loan", "service") and plain(product.risk, rules):
        return "ok", _("不动用客户的资金")
    figures: dict[str, Any] = {}
    if product.regime == "insurance" and product.yearly_premium is not None:
        line = rules.number("suit.premium_share")
        if buyer.age is not None and product.premium_years:
            ends = buyer.age + product.premium_years
            if ends > rules.whole("suit.premium_age"):
                words = _("缴费期满时客户 {ends} 岁,超过 {line} 岁")
                return "warn", words.format(ends=ends, line=rules.whole("suit.premium_age"))
        if not buyer.yearly_income:
            return "cannot_tell", _("名单没有年收入,看不出保费是否承担得起")
        part = product.yearly_premium / buyer.yearly_income
        of, than = against(part, line)
        figures = {"premium": wan(product.yearly_premium), "share": of, "line": than}
        if part > line:
            return "warn", _("年保费 {premium} 占年收入 {share},超过 {line}").format(**figures)
        return "ok", _("年保费 {premium} 占年收入 {share},不超过 {line}").format(**figures)
    if product.amount is None or buyer.liquid is None:
        return "cannot_tell", _("没有购买金额或流动资产,看不出是否承担得起")
    line = rules.number("suit.liquid_share")
    figures = {"amount": wan(product.amount), "liquid": wan(buyer.liquid), "line": f"{line:.0%}"}
    if product.amount > buyer.liquid * line:
        return "warn", _("买 {amount} 超过流动资产 {liquid} 的 {line}").format(**figures)
    return "ok", _("买 {amount} 不超过流动资产 {liquid} 的 {line}").format(**figures)


def _qualified(buyer: Buyer, product: Offered, rules: Rules) -> CheckOutcome:
    if not product.private:
        return "ok", _("不是私募产品,不要求合格投资者")
    means = [
        (buyer.net_worth, rules.number("suit.qualified_net"), _("家庭金融净资产")),
        (buyer.financial_assets, rules.number("suit.qualified_assets"), _("家庭金融资产")),
        (buyer.mean_income, rules.number("suit.qualified_income"), _("三年平均收入")),
    ]
    enough = next((name for has, line, name in means if has is not None and has >= line * 100), None)
    years = rules.number("suit.qualified_years")
    if buyer.investing_years is not None and buyer.investing_years < years:
        words = _("投资经历 {has:g} 年,不足 {line:g} 年,不是合格投资者")
        return "block", words.format(has=buyer.investing_years, line=years)
    if enough is None and all(has is not None for has, _line, _name in means):
        return "block", _("净资产、金融资产和收入都不够合格投资者的线")
    if enough is None or buyer.investing_years is None:
        return "block", _("私募产品只能销售给合格投资者,还没有证明材料")
    return "ok", _("是合格投资者:{means}达到标准").format(means=enough)


def _recording(product: Offered, rules: Rules) -> CheckOutcome:
    if product.regime in rules.words("suit.double_record") or product.private:
        return "warn", _("销售时要双录")
    return "ok", _("不要求双录,以本行规定为准")


def _retests(buyer: Buyer, product: Offered, rules: Rules, free: bool) -> CheckOutcome:
    day, year = rules.whole("suit.tests_a_day"), rules.whole("suit.tests_a_year")
    if buyer.tests_today is not None and buyer.tests_today >= day:
        return "warn", _("今天已测评 {n} 次,疑似刷分").format(n=buyer.tests_today)
    if buyer.tests_year is not None and buyer.tests_year >= year:
        return "warn", _("12 个月内已测评 {n} 次,疑似刷分").format(n=buyer.tests_year)
    risky = product.risk is not None and product.risk >= rules.whole("suit.risky_level")
    rose = buyer.class_rise is not None and buyer.class_rise >= rules.whole("suit.class_rise")
    if rose and product.risk is None and not free:
        return "cannot_tell", _("产品没有风险等级,看不出是否刷分")
    if risky and rose:
        words = _("风险承受等级近一个月升了 {n} 级,又要买 R{risk},疑似刷分")
        return "warn", words.format(n=buyer.class_rise, risk=product.risk)
    if risky and buyer.class_rise is None:
        return "cannot_tell", _("没有上月的风险承受等级,看不出是否刷分")
    if buyer.tests_today is None and buyer.tests_year is None:
        return "cannot_tell", _("名单没有测评次数,看不出是否重复测评")
    return "ok", _("没有重复测评的迹象")


def _mismatch(buyer: Buyer) -> CheckOutcome:
    if buyer.held_risk is None or buyer.risk_class is None:
        return "cannot_tell", _("没有持有清单或风险承受等级,看不出持有是否错配")
    figures = {"held": buyer.held_risk, "of": buyer.risk_class}
    if buyer.held_risk > buyer.risk_class:
        return "warn", _("已持有 R{held},高于客户 C{of}:要告知客户,不强制卖出").format(**figures)
    return "ok", _("持有的产品都不高于客户 C{of}").format(**figures)


# -- of one customer's values, of all customers --------------------------------------------------------------------


def of_values(values: Values, rules: Rules) -> Buyer:
    """The buyer from the tag layers of one customer (fen, ISO, 0/1); a missing value stays None.

    A customer listed in the lowest category without a class counts as class 1.
    """
    level = values.risk_level
    risk_class = values.risk_class
    now, before = risk_class, values.risk_class_1
    demand, maturing = values.demand, values.matures_30
    lowest = isinstance(level, str) and level.strip() in rules.words("suit.lowest")
    return Buyer(
        risk_class=1 if lowest and risk_class is None else risk_class,
        valid_days=values.risk_valid_days,
        lowest_class=lowest,
        age=values.age,
        liquidity_days=liquidity_days(values.term_preference, rules),
        aum=values.balance if values.balance is not None else values.average,
        liquid=None if demand is None else demand + (maturing or 0),
        yearly_income=values.yearly_income,
        top_share=values.top_share,
        class_rise=None if now is None or before is None else now - before,
        held_risk=values.held_risk,
    )


def liquidity_days(preference: str | None, rules: Rules) -> int | None:
    """Days that a stated term preference allows at most, by its wording; None when not told or not understood."""
    if preference is None:
        return None
    steps = rules.numbers("suit.term_words_days")
    word = preference.strip()
    for place, days in enumerate(steps, start=1):
        if word in rules.words(f"suit.term_words{place}"):
            return int(days)
    return None


def may_hold(family: Family, rules: Rules, risk_class: Expr, valid_days: Expr) -> Expr:
    """Whether a customer may be sold the mildest product of a family (checks 1 to 3), as SQL; NULL = cannot tell."""
    if is_free(family.regime, family.risk or None, rules):
        return literal(1)
    return case(
        (risk_class < family.risk, literal(0)),
        (valid_days < 0, literal(0)),
        (or_(risk_class.is_(None), valid_days.is_(None)), None),
        (and_(risk_class >= family.risk, valid_days >= 0), literal(1)),
    )


def may_hold_words(family: Family, rules: Rules) -> str:
    """`may_hold` in the language of conditions; '' where everybody may."""
    if is_free(family.regime, family.risk or None, rules):
        return ""
    return f"risk_class >= {family.risk} and risk_valid_days >= 0"
