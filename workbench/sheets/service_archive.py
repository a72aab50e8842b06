"""服务档案: the service file of one customer on A4, masked (domain 1). For the branch's own file, never for the customer."""

from collections.abc import Callable, Sequence
from typing import TypedDict

from workbench.base.i18n import _, bracketed, commas, language
from workbench.base.money import wan
from workbench.outreach.archive.archive import ArchivePart, FamilyPlan, ServiceArchive
from workbench.outreach.archive.expert import ExpertBooking
from workbench.people.privacy import Cover, print_name, tail
from workbench.rules.parameters import Rules
from workbench.sheets.content import Imprint, printed_words, typeset
from workbench.sheets.papers import PaperLine, PaperTable
from workbench.sheets.printed import Printed, SheetKind, typeset_as

SERVICE_FILE_PDF = SheetKind(
    "service_file_pdf", ("name_masked", "customer_no_tail", "aum", "tier", "reason"), "service_archive"
)
_Clean = Callable[[object], str]


class ServicePaper(TypedDict):
    """The service file of one customer; `next`: what comes first, '' for nothing."""

    lang: str
    title: str
    name: str
    about: str
    next: str
    parts: PaperTable
    plan_title: str
    plan_note: str
    plan: list[PaperLine]
    bands: PaperTable
    channel_title: str
    channel: list[PaperLine]
    bookings: PaperTable
    jotting: str
    footer: list[str]
    watermark: str


def service_archive_pdf(made: ServiceArchive, rules: Rules, imprint: Imprint, number: str) -> Printed:
    """The file as PDF; `number`: of the print, for the watermark."""
    name = _("服务档案_{tail}").format(tail=tail(made.customer_no))
    return typeset_as(SERVICE_FILE_PDF, service_archive_content(made, rules, imprint, number), name, 1)


def service_archive_content(
    made: ServiceArchive, rules: Rules, imprint: Imprint, number: str
) -> ServicePaper:
    """The file as plain values."""
    cover = Cover([(made.name, made.customer_no)])

    def clean(text: object) -> str:
        """A text masked and typeset."""
        return typeset(cover(" ".join(str(text).split())))

    first = made.first
    date = _("数据日期 {date}").format(date=made.as_of or _("无"))
    number_words = _("客户号 **{tail}").format(tail=tail(made.customer_no))
    watermark = _("编号 {number} · 内部服务档案,不交给客户;用完请销毁")
    return {
        "lang": language(),
        "title": _("服务档案"),
        "name": print_name(made.name),
        "about": clean(" · ".join(filter(None, (number_words, made.tier_name, made.tower_name, date)))),
        "next": clean(_("下一步:{part},{what}").format(part=first.name, what=first.next)) if first else "",
        "parts": _parts(made, clean),
        "plan_title": typeset(_("家庭年度方案")),
        "plan_note": clean(made.plan.package),
        "plan": _plan(made.plan, clean),
        "bands": _bands(made.plan, clean),
        "channel_title": _("专属通道"),
        "channel": _channel(made, rules, clean),
        "bookings": _bookings(made.bookings, clean),
        "jotting": _("补记"),
        "footer": [
            date,
            _("打印人 {name}").format(name=imprint.printed_by or "—"),
            printed_words(imprint.printed_at, imprint.anchor),
            _("本系统口径 · 内部资料"),
        ],
        "watermark": typeset(watermark.format(number=number)),
    }


def _parts(made: ServiceArchive, clean: _Clean) -> PaperTable:
    return {
        "title": clean(made.way or _("塔层服务")),
        "note": "",
        "heads": [_("项目"), _("得分"), _("依据"), _("下一步")],
        "rows": [[clean(one) for one in (_name(part), _points(part), part.shown_by or "—", part.next or "—")]
                 for part in made.parts],
        "below": [clean(made.reason)],
    }  # fmt: skip


def _name(part: ArchivePart) -> str:
    marks = {"done": "○", "gap": "■", "unknown": "?"}
    return f"{marks[part.state]} {part.name}"


def _points(part: ArchivePart) -> str:
    return "—" if part.points is None else f"{part.points}/{part.most}"


def _plan(plan: FamilyPlan, clean: _Clean) -> list[PaperLine]:
    owned = _("资产 {sum}").format(sum=wan(plan.assets)) if plan.assets is not None else ""
    owed = _("贷款 {sum}(另计)").format(sum=wan(plan.loans)) if plan.loans is not None else ""
    lines = [(_("目标"), one) for one in plan.goal_lines]
    lines.append((_("资产与贷款"), " · ".join(filter(None, (owned, owed)))))
    lines.append((_("检视日"), commas(plan.reviews) or plan.no_reviews))
    lines.append((_("配置"), plan.untold))
    return [{"head": clean(head), "text": clean(text), "aside": ""} for head, text in lines if text]


def _bands(plan: FamilyPlan, clean: _Clean) -> PaperTable:
    return {
        "title": "", "note": "", "heads": [_("类别"), _("现在"), _("目标区间"), _("判断")],
        "rows": [[clean(one) for one in (band.name, band.share, band.range_, band.verdict)] for band in plan.bands],
        "below": [],
    }  # fmt: skip


def _channel(made: ServiceArchive, rules: Rules, clean: _Clean) -> list[PaperLine]:
    channel = made.channel
    if channel is None:
        return [{"head": "", "text": clean(made.channel_words or _("这座塔不要求专属通道。")), "aside": ""}]
    pairs = (
        (_("接待"), channel.contact),
        (_("升级联系"), channel.escalation or "—"),
        (_("回复时限"), _("{hours} 个工作小时").format(hours=channel.reply_hours)),
        (_("排队"), rules.text(f"archive.queue.{channel.queue}")),
        (_("登记日期"), channel.made),
    )
    return [{"head": clean(head), "text": clean(text), "aside": ""} for head, text in pairs]


def _bookings(listed: Sequence[ExpertBooking], clean: _Clean) -> PaperTable:
    return {
        "title": _("专家预约"),
        "note": "",
        "heads": [_("日期"), _("专家"), _("状态"), _("主题"), _("结果")],
        "rows": [
            [clean(cell) for cell in (
                one.date, bracketed(one.expert, one.field_name), one.state_name, one.topic or "—", one.outcome or "—",
            )]
            for one in listed
        ],
        "below": [] if listed else [clean(_("还没有约过专家。"))],
    }  # fmt: skip
