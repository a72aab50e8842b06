"""Benefits that customers have not used, on paper: whom to remind, the first to run out first; masked, dated (domain 8.4)."""

import datetime as dt
from collections.abc import Sequence
from typing import TypedDict

from workbench.base.dates import today
from workbench.base.i18n import _, language
from workbench.outreach.benefits.benefit import BenefitBoard, BenefitPerson
from workbench.people.privacy import print_name, tail
from workbench.rules.parameters import Rules
from workbench.sheets.content import Imprint, footer, typeset
from workbench.sheets.printed import Printed, SheetKind, typeset_as

BENEFITS_PDF = SheetKind("benefits_pdf", ("name_masked", "customer_no_tail", "tier", "benefit"), "benefits")


class UnusedLine(TypedDict):
    """A row of the sheet; `soon`: it runs out within the days of the rule."""

    number: str
    customer: str
    tier: str
    benefit: str
    until: str
    days: str
    soon: bool


def benefits_pdf(board: BenefitBoard, rules: Rules, imprint: Imprint, code: str = "") -> Printed:
    """The list as PDF, of one rule (`code`) or of all."""
    unused = [one for one in board.unused if code in ("", one.benefit)]
    paper = unused_content(board, unused, rules, imprint)
    return typeset_as(BENEFITS_PDF, paper, f"{_('未用权益')} {today().isoformat()}", len(unused))


def unused_content(
    board: BenefitBoard, unused: Sequence[BenefitPerson], rules: Rules, imprint: Imprint
) -> dict[str, object]:
    """The sheet as plain values."""
    soon = sum(one.state == "soon" for one in unused)
    days = rules.whole("benefit.soon_days")
    words = _(
        "共 {n} 份没有用,其中 {soon} 份 {days} 天内到期。先打快到期的:提醒怎么用、在哪里用,不催、不谈存款。"
    )
    destroy = today() + dt.timedelta(days=rules.whole("sheet.destroy_days"))
    return {
        "lang": language(),
        "title": _("未用权益提醒单"),
        "says": typeset(words.format(n=f"{len(unused):,}", soon=f"{soon:,}", days=days)),
        "destroy": _("{date} 前销毁").format(date=destroy.isoformat()),
        "heads": [_("号"), _("客户"), _("层级"), _("权益"), _("有效期至"), _("还有"), _("已提醒"), _("备注")],
        "rows": [_line(number, one, rules) for number, one in enumerate(unused, 1)],
        "nobody": typeset(_("没有未用的权益。")),
        "notes": [typeset(_("权益规则为本系统口径,可以改;权益不与存款金额挂钩。"))],
        "footer": footer(board.as_of, imprint),
        "watermark": " ".join(filter(None, [imprint.printed_by, imprint.printed_at[:16]])),
    }


def _line(number: int, one: BenefitPerson, rules: Rules) -> UnusedLine:
    return {
        "number": str(number),
        "customer": f"{print_name(one.name)} {tail(one.customer_no)}".strip(),
        "tier": rules.text(f"tier.{one.tier}") if one.tier else "—",
        "benefit": typeset(one.title),
        "until": one.valid_until or "—",
        "days": _("{n} 天").format(n=one.days) if one.days is not None else "—",
        "soon": one.state == "soon",
    }
