"""The comparison of one customer with the rival on paper: facts with source and date, what a change costs, what not to say
(domain 4.7, 4.9, 8.5). Masked; for the manager, not to be handed out."""

import datetime as dt

from workbench.base.dates import today
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas, language
from workbench.base.money import wan
from workbench.outreach.winback.win_back import RivalComparison, WinBack
from workbench.people.privacy import Cover, print_name, tail
from workbench.rules.parameters import Rules
from workbench.sheets.content import Imprint, footer, typeset
from workbench.sheets.printed import Printed, SheetKind, typeset_as

WINBACK_PDF = SheetKind("winback_pdf", ("name_masked", "customer_no_tail", "rival"), "winback")


def winback_pdf(made: RivalComparison, rules: Rules, imprint: Imprint) -> Printed:
    """The comparison as PDF. Raises WorkbenchError no_comparison where none is made now."""
    if made.refused:
        raise WorkbenchError("no_comparison", _("现在不能出对比单。"), made.refused)
    name = _("他行对比 {tail} {date}").format(tail=tail(made.case.customer_no), date=today().isoformat())
    return typeset_as(WINBACK_PDF, winback_content(made, rules, imprint), name, 1)


def winback_content(made: RivalComparison, rules: Rules, imprint: Imprint) -> dict[str, object]:
    """The sheet as plain values."""
    case = made.case
    cover = Cover([(case.name, case.customer_no)])

    def clean(text: str) -> str:
        """A text masked and typeset."""
        return typeset(cover(text))

    destroy = today() + dt.timedelta(days=rules.whole("sheet.destroy_days"))
    missing = ""
    if made.missing:
        missing = _("还没有可用的事实:{what}({days} 天内核对过、有出处的才用)。").format(
            what=commas(made.missing), days=rules.whole("winback.fact_days")
        )
    return {
        "lang": language(),
        "title": _("他行对比单"),
        "destroy": _("{date} 前销毁").format(date=destroy.isoformat()),
        "who": f"{print_name(case.name)} {tail(case.customer_no)}".strip(),
        "about": clean(_about(case)),
        "says": typeset(_("客户自己问起、愿意比的时候才用:四样对着看,只说表里有出处的,由客户自己判断。")),
        "sides_title": _("四样对比"),
        "heads": [_("对比"), clean(case.money.rival or _("他行")), _("我行")],
        "sides": [
            {"name": one.name, "theirs": clean(one.theirs), "ours": clean(one.ours)} for one in made.sides
        ],
        "blank": typeset(_("没有可用的事实,不比这一项")),
        "missing": clean(missing),
        "ours_title": _("我行合适的产品"),
        "ours": [{"name": typeset(one.name), "figures": typeset(one.figures)} for one in made.ours],
        "none_ours": clean(made.none_ours),
        "ours_dated": typeset(
            _("产品清单日期 {date};风险等级不高于客户承受等级,以办理当天为准。").format(date=made.as_of)
        )
        if made.as_of
        else "",
        "money_title": _("转回要付出什么"),
        "money": [clean(case.money.cost_words), clean(case.money.part_words)],
        "mind_title": _("不能说的"),
        "mind": [
            typeset(one)
            for one in (
                _("不说对方不安全、会倒、利息拿不到;只问到期日和金额,别的不打听。"),
                _("不承诺收益,不把理财说成存款,不许诺返现、送礼。"),
                _("不催客户提前支取;到期再转没有损失的,等到期。"),
            )
        ],
        "footer": footer(made.as_of, imprint),
        "watermark": " ".join(filter(None, [imprint.printed_by, imprint.printed_at[:16]])),
    }


def _about(case: WinBack) -> str:
    money = case.money
    parts = [
        money.product,
        _("年利率 {rate}").format(rate=f"{money.rate:.2%}") if money.rate is not None else "",
        _("金额 {amount}").format(amount=wan(money.amount)) if money.amount is not None else "",
        _("{due} 到期").format(due=money.due) if money.due else "",
    ]
    return " · ".join(filter(None, parts))
