"""What the page says of a lit customer, each in one line or sentence."""

from collections.abc import Collection

from workbench.base.i18n import _, commas
from workbench.insight.churn.signals.registry import SIGNALS
from workbench.insight.churn.verdict import CheckSummary, CustomerRisk
from workbench.insight.measures.unseen import Unseen, in_words, lacking
from workbench.outreach.lights.light_week import LightWeek
from workbench.rules.parameters import Rules


def age(risk: CustomerRisk, week: LightWeek) -> str:
    """How long the light has been on, in checks of months: '新亮', '第3个月'; '首次检查' where there is no earlier check to
    tell, '' without a light."""
    if risk.since is None:
        return ""
    if week.changes.since is None:
        return _("首次检查")
    months = (int(week.month[:4]) - int(risk.since[:4])) * 12 + int(week.month[5:7]) - int(risk.since[5:7])
    return _("第{n}个月").format(n=months + 1) if months > 0 else _("新亮")


def chance(risk: CustomerRisk) -> str:
    """How many of such customers left; '' where nothing was measured. Where it was measured is `measured_on`."""
    return _measured(risk).partition("(")[0].strip()


def measured_on(risk: CustomerRisk) -> str:
    """On which data the chance was measured, to be said once; '' where nothing was."""
    return _measured(risk).partition("(")[2].rstrip(")")


def _measured(risk: CustomerRisk) -> str:
    measured = risk.chance
    return str(measured.text) if measured is not None else ""


def unseen_signals(check: CheckSummary, reported: Collection[str], rules: Rules) -> tuple[str, ...]:
    """The signals that nobody could be judged by, with the columns that lists of the fields `reported` lack for them."""
    named = ((one.code, rules.text(f"{one.code}.name")) for one in SIGNALS)
    return in_words(
        Unseen(name, lacking(code, reported)) for code, name in named if name in check.features_off
    )


def unseen(rules: Rules, risk: CustomerRisk, check: CheckSummary | None) -> str:
    """The signals that could not be judged for this customer, beside those that nobody could be judged by; '' for none."""
    everywhere = check.features_off if check else ()
    told = (rules.text(f"{code}.name") for code in risk.cannot_tell)
    names = commas(name for name in told if name not in everywhere)
    return _("看不到:{names}").format(names=names) if names else ""
