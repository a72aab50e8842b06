"""The facts of step two, each with the date it is of; what nobody knows stands as one line with the column that would tell it."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from workbench.base.i18n import _, commas
from workbench.base.money import exact_yuan
from workbench.insight.products.losses import HeldProduct
from workbench.outreach.losses.loss import LossFact
from workbench.rules.parameters import Rules


def loss_facts(held: HeldProduct, rules: Rules, flow: str = "") -> tuple[LossFact, ...]:
    """What is known of a product as of the date of its list. `flow`: what the manager wrote of distributions and of money in and
    out."""
    return tuple(_facts(held, rules, flow))


def _facts(held: HeldProduct, rules: Rules, flow: str) -> Iterator[LossFact]:
    def known(code: str, name: str, value: object, words: Callable[[], str], dated: bool = True) -> LossFact:
        if value is None:
            return LossFact(name, "", unknown=rules.text(f"loss.unknown.{code}"))
        return LossFact(name, words(), held.as_of if dated else "")

    yield known("cost", _("成本"), held.cost, lambda: _yuan(held.cost))
    yield known("value", _("现值"), held.value, lambda: _yuan(held.value))
    yield known("loss", _("浮亏"), held.loss, lambda: _lost(held))
    yield known("nav", _("净值"), held.nav, lambda: f"{held.nav:.4f}")
    yield known("risk", _("风险等级"), held.risk, lambda: f"R{held.risk}", dated=False)
    yield known(
        "term", _("产品期限"), held.matures or held.term_days or held.opens, lambda: _term(held), dated=False
    )
    yield known(
        "benchmark", _("比较基准"), held.benchmark, lambda: _("年化 {rate}").format(rate=_rate(held.benchmark)), dated=False
    )  # fmt: skip
    yield replace(
        known("flow", _("分红和中途加减"), flow.strip() or None, flow.strip, dated=False), typed=True
    )


def _yuan(fen: int | None) -> str:
    return _("{amount} 元").format(amount=exact_yuan(fen))


def _lost(held: HeldProduct) -> str:
    if held.share is None:
        return _yuan(held.loss)
    words = _("{amount} 元,占成本 {share}")
    return words.format(amount=exact_yuan(held.loss), share=f"{held.share:.2%}")


def _term(held: HeldProduct) -> str:
    parts = [
        _("{day} 到期").format(day=held.matures) if held.matures else "",
        _("期限 {n} 天").format(n=held.term_days) if held.term_days else "",
        _("{day} 开放").format(day=held.opens) if held.opens else "",
    ]
    return commas(one for one in parts if one)


def _rate(rate: float | None) -> str:
    """A yearly rate, as a share or as a percentage."""
    if rate is None:
        return ""
    return f"{rate:.2%}" if rate < 1 else f"{rate:g}%"
