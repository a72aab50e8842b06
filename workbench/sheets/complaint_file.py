"""The file of a complaint on paper: what was said and done, both clocks, how it ended, signatures; masked (domain 9)."""

from collections.abc import Callable
from typing import TypedDict

from workbench.base.i18n import _, commas, language, sentences
from workbench.base.money import exact_yuan
from workbench.outreach.complaints.clocks import ComplaintClock
from workbench.outreach.complaints.complaint import Complaint
from workbench.outreach.complaints.documents import next_words
from workbench.outreach.complaints.words import STEPS, step_name
from workbench.people.privacy import Cover, print_name, tail
from workbench.rules.parameters import Rules
from workbench.sheets.content import Imprint, footer, typeset
from workbench.sheets.printed import Printed, SheetKind, typeset_as

COMPLAINT_PDF = SheetKind(
    "complaint_pdf", ("name_masked", "customer_no_tail", "complaint", "reason"), "complaint"
)
_Clean = Callable[[object], str]
_MARKS = {"met": "○", "late": "▲", "open": "◇", "soon": "◆", "overdue": "■", "unknown": "?"}


class FileField(TypedDict):
    """A field of the record; `wide`: it takes the whole line."""

    name: str
    text: str
    wide: bool


class FileClock(TypedDict):
    """A clock: a mark that reads without colour, its name, by what it counts, until when, how it stands."""

    mark: str
    name: str
    basis: str
    due: str
    words: str
    strong: bool


class FileStep(TypedDict):
    """A step as it was taken; `at` '' for one that nobody wrote down."""

    name: str
    at: str
    by: str
    note: str


class ComplaintPaper(TypedDict):
    """The whole file as plain values."""

    lang: str
    title: str
    number: str
    name: str
    level: str
    why: str
    do: str
    state: str
    fields: list[FileField]
    clocks_title: str
    clock_heads: list[str]
    clocks: list[FileClock]
    extension: str
    steps_title: str
    step_heads: list[str]
    steps: list[FileStep]
    ended_title: str
    ended: list[FileField]
    rules: list[str]
    signatures: list[str]
    footer: list[str]
    watermark: str


def complaint_pdf(one: Complaint, rules: Rules, imprint: Imprint) -> Printed:
    """The file as PDF, A4."""
    paper = complaint_content(one, rules, imprint)
    return typeset_as(COMPLAINT_PDF, paper, _("投诉档案_{no}").format(no=one.no), 1)


def complaint_content(one: Complaint, rules: Rules, imprint: Imprint) -> ComplaintPaper:
    """The file as plain values."""
    cover = Cover([(one.name, one.customer_no)])

    def clean(text: object) -> str:
        """A text masked and typeset."""
        return typeset(cover(" ".join(str(text).split())))

    level = rules.text(f"complaint.level.{one.level.code}")
    return {
        "lang": language(),
        "title": _("投诉处理档案"),
        "number": _("编号 {no}").format(no=one.no),
        "name": f"{print_name(one.name)} {tail(one.customer_no)}".strip(),
        "level": level,
        "why": clean(one.level.reason),
        "do": clean(rules.text(f"complaint.do.{one.level.code}")),
        "state": clean(_state(one, rules)),
        "fields": _fields(one, rules, clean),
        "clocks_title": typeset(_("时限:内部和法定两个一起走")),
        "clock_heads": [_("时限"), _("怎么算"), _("到"), _("现在怎样")],
        "clocks": [_clock(clock, rules, clean) for clock in (*one.clocks.both, *_follow(one))],
        "extension": clean(_extension(one, rules)),
        "steps_title": typeset(_("六步:说了什么、做了什么")),
        "step_heads": [_("步骤"), _("时间"), _("经手人"), _("记录")],
        "steps": _steps(one, clean),
        "ended_title": _("方案与结果"),
        "ended": _ended(one, clean),
        "rules": [
            clean(_("法定时限从收到那天起按自然日算,周末和节假日都算在内;收到当天不算。内部时限按工作日算。")),
            clean(_("不劝客户收回投诉,不拿钱和礼品换他不说;被投诉人不承办、不参与查和答复。")),
        ],
        "signatures": [_("承办人"), _("复核人"), _("负责人"), _("日期")],
        "footer": footer(imprint.printed_at[:10], imprint),
        "watermark": " ".join(filter(None, [imprint.printed_by, imprint.printed_at[:16]])),
    }  # fmt: skip


def _state(one: Complaint, rules: Rules) -> str:
    if one.state == "closed":
        day = one.closed or _("哪天不知道")
        again = _(",后来重开") if one.retaken is not None else ""
        return _("已办结({day}){again}").format(day=day, again=again)
    return _("办理中,下一步“{what}”").format(what=next_words(one, rules))


def _fields(one: Complaint, rules: Rules, clean: _Clean) -> list[FileField]:
    none = _none(one)
    signs = commas(rules.text(f"complaint.sign.{sign}") for sign in one.signs)
    short = (
        (_("收到"), one.received), (_("渠道"), one.channel_word), (_("类别"), one.category_word),
        (_("承办人"), one.owner), (_("被投诉人"), one.against), (_("首次回应"), one.answered),
        (_("涉及金额"), _("{yuan} 元").format(yuan=exact_yuan(one.money_fen)) if one.money_fen is not None else ""),
        (_("人数"), one.people), (_("找过几次"), one.times),
    )  # fmt: skip
    long = (
        (_("情形"), signs), (_("经过"), one.content), (_("诉求"), one.demand),
        (_("查明的事实"), one.facts), (_("责任"), one.blame),
        (_("没有判断的"), sentences(one.level.unknown)), (_("回避"), one.avoiding),
    )  # fmt: skip
    listed: list[FileField] = [
        {"name": name, "text": clean(text) if text not in (None, "") else none, "wide": False}
        for name, text in short
    ]
    asked = {_("经过"), _("诉求"), _("查明的事实"), _("责任")}
    listed += [
        {"name": name, "text": clean(text) if text else none, "wide": True}
        for name, text in long
        if text or name in asked
    ]
    return listed


def _clock(clock: ComplaintClock, rules: Rules, clean: _Clean) -> FileClock:
    return {
        "mark": _MARKS[clock.state], "name": rules.text(f"complaint.clock.{clock.code}"), "basis": clean(clock.basis),
        "due": clock.due, "words": clean(clock.words), "strong": clock.state in ("overdue", "late"),
    }  # fmt: skip


def _follow(one: Complaint) -> tuple[ComplaintClock, ...]:
    return (one.clocks.follow,) if one.clocks.follow is not None else ()


def _extension(one: Complaint, rules: Rules) -> str:
    if one.extension is None:
        return ""
    words = _("已按“{kind}”延期,{who} {day} 批准。")
    return words.format(
        kind=rules.text(f"complaint.extension.{one.extension}"), who=one.approved_by, day=one.approved
    )


def _steps(one: Complaint, clean: _Clean) -> list[FileStep]:
    """Every step in the order of its time, then those that nobody wrote down."""
    listed: list[FileStep] = [
        {"name": step_name(step.step), "at": step.at, "by": clean(step.by) or "—", "note": clean(step.note)}
        for step in one.steps
    ]
    untaken: list[FileStep] = [
        {"name": step_name(step), "at": "", "by": "", "note": ""} for step in STEPS if step not in one.taken
    ]
    return listed + untaken


def _none(one: Complaint) -> str:
    """What stands where nothing was written: room for a pen while the complaint is open."""
    return "—" if one.state == "closed" else ""


def _ended(one: Complaint, clean: _Clean) -> list[FileField]:
    none = _none(one)
    marks = _("{before} → {after}(1 平静,5 最激烈)").format(
        before=one.before if one.before is not None else none or "      ",
        after=one.after if one.after is not None else none or "      ",
    )
    satisfied = _("{n} 分").format(n=one.satisfaction) if one.satisfaction is not None else ""
    return [
        {"name": name, "text": clean(text) if text else none, "wide": wide}
        for name, text, wide in (
            (_("方案"), one.solution or one.outcome, True), (_("满意度"), satisfied, False),
            (_("情绪温度"), marks, False), (_("根因"), one.root_cause, True), (_("整改"), one.mending, True),
        )
    ]  # fmt: skip
