"""The verdict of one customer in full: hard rule, signals, what could not be seen, profiles."""

from collections.abc import Callable

from ui.pages.warnings.words import chance, measured_on
from ui.widgets.handbook import open_handbook
from ui.widgets.parts import Card, button, label, light_label, row
from ui.words import light_word, severity_word, tier_word, who
from workbench.base.i18n import _, commas
from workbench.base.money import wan
from workbench.insight.churn.verdict import CustomerRisk
from workbench.rules.parameters import Rules


def fill_detail(
    card: Card,
    risk: CustomerRisk,
    rules: Rules,
    opened: Callable[[str], object],
    win_back: Callable[[str], object] | None = None,
) -> None:
    """Show a verdict; `opened(customer_no)` when the portrait is wanted, `win_back(customer_no)` when who is gone is to be won
    back."""
    card.clear()
    body = card.body
    body.addLayout(
        row(label(who(risk.name, risk.customer_no), "title"), light_label(risk.light, light_word(risk.light)),
            label(_("风险 {risk}").format(risk=f"{risk.risk:.0f}"), "second"), None)
    )  # fmt: skip
    body.addWidget(label(f"{tier_word(rules, risk.tier)} · {wan(risk.aum_fen)}", "second"))
    measured = " · ".join(filter(None, (chance(risk), measured_on(risk))))
    for words in filter(None, (measured, risk.state_reason)):
        body.addWidget(label(words, "second", wrap=True))
    if risk.hard_rule:
        body.addSpacing(6)
        body.addWidget(
            label(
                _("直接亮{light}灯:{reason}").format(light=light_word(risk.light), reason=risk.hard_rule),
                "red",
                wrap=True,
            )
        )
    for verdict in risk.signals:
        body.addSpacing(6)
        name = f"{rules.text(verdict.code + '.name')} · {severity_word(verdict.severity)}"
        body.addWidget(label(name, "heading", tip=verdict.code))
        body.addWidget(label(verdict.reason, wrap=True))
    if not risk.signals:
        body.addSpacing(6)
        body.addWidget(label(_("没有命中信号。"), "second"))
    if risk.cannot_tell:
        body.addSpacing(6)
        names = commas(rules.text(code + ".name") for code in risk.cannot_tell)
        body.addWidget(label(_("看不到:{names}").format(names=names), "second", wrap=True))
    if risk.profiles:
        names = commas(rules.text(f"{code}.name") for code in risk.profiles)
        body.addWidget(label(_("易流失画像:{names}").format(names=names), "second", wrap=True))
    body.addSpacing(8)
    number = risk.customer_no
    acts = [button(_("打开画像"), lambda: opened(number))]
    if win_back is not None and risk.state == "gone":
        acts.append(button(_("开始赢回"), lambda: win_back(number)))
    body.addLayout(row(*acts, None))
    body.addWidget(label(_("权重与灯线为本系统口径。"), "second", wrap=True))
    method = button(_("口径手册 {number}").format(number="4.4"), lambda: open_handbook(card, "4.4"), "link")
    body.addLayout(row(method, None))
    body.addStretch(1)
