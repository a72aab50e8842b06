"""What the page says of a lit customer, each in one line or sentence."""

from workbench.base.i18n import _, commas
from workbench.insight.churn.verdict import CheckSummary, CustomerRisk
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


def unseen(rules: Rules, risk: CustomerRisk, check: CheckSummary | None) -> str:
    """The signals that could not be judged for this customer, beside those that nobody could be judged by; '' for none."""
    everywhere = {words.partition(" ")[0] for words in check.features_off} if check else set()
    codes = [code for code in risk.cannot_tell if code not in everywhere]
    names = commas(rules.text(f"{code}.name") for code in codes)
    return _("看不到:{names}").format(names=names) if names else ""
