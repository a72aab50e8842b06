"""面谈单: the agenda of a meeting with blanks to write in, or its record; and the customer's copy, without words of the bank."""

from collections.abc import Callable, Sequence
from typing import TypedDict

from workbench.base.i18n import _, language
from workbench.outreach.meetings.meeting import Meeting, MeetingAgenda, MeetingTask, outward
from workbench.people.privacy import Cover, print_name, tail
from workbench.rules.parameters import Rules
from workbench.sheets.content import printed_words, typeset
from workbench.sheets.printed import Printed, SheetKind, typeset_as

MEETING_PDF = SheetKind(
    "meeting_pdf", ("name_masked", "customer_no_tail", "aum", "needs", "reason"), "meeting"
)
MEETING_CUSTOMER_PDF = SheetKind("meeting_customer_pdf", ("name_masked", "needs"), "meeting")
_Clean = Callable[[object], str]
_TASKS_BLANK = 5


class MeetingLinePaper(TypedDict):
    """A line with what stands beside it in small print."""

    text: str
    aside: str


class MeetingPartPaper(TypedDict):
    """A part of the sheet: its lines, then so many lines to write on; `strong`: what must not be said."""

    title: str
    lines: list[MeetingLinePaper]
    blanks: int
    strong: bool


class MeetingPaper(TypedDict):
    """The sheet as plain values."""

    lang: str
    title: str
    name: str
    about: str
    alarm: str
    parts: list[MeetingPartPaper]
    task_title: str
    task_heads: list[str]
    tasks: list[list[str]]
    signs: list[str]
    note: str
    footer: list[str]
    watermark: str


def meeting_pdf(
    agenda: MeetingAgenda,
    held: Meeting | None,
    rules: Rules,
    *,
    customer: bool,
    printed_by: str,
    printed_at: str,
    anchor: str = "",
) -> Printed:
    """The sheet as PDF: of a meeting to come, or `held`; `customer`: the copy that is given away."""
    paper = meeting_content(
        agenda, held, rules, customer=customer, printed_by=printed_by, printed_at=printed_at, anchor=anchor
    )
    name = _("面谈记录_{tail}") if held is not None else _("面谈提纲_{tail}")
    kind = MEETING_CUSTOMER_PDF if customer else MEETING_PDF
    return typeset_as(kind, paper, name.format(tail=tail(agenda.customer_no)), 1)


def meeting_content(
    agenda: MeetingAgenda,
    held: Meeting | None,
    rules: Rules,
    *,
    customer: bool,
    printed_by: str,
    printed_at: str,
    anchor: str = "",
) -> MeetingPaper:
    """The sheet as plain values."""
    cover = Cover([(agenda.name, agenda.customer_no)])

    def clean(text: object) -> str:
        """A text masked and typeset."""
        return typeset(cover(" ".join(str(text).split())))

    parts = (
        _agenda(agenda, rules, clean, customer=customer)
        if held is None
        else _record(held, rules, clean, customer=customer)
    )
    tasks = [_task(one, rules, clean) for one in _tasks(held, rules, customer=customer)]
    dated = _("数据日期 {date}").format(date=agenda.as_of or _("无"))
    about = [held.date if held is not None else agenda.day]
    if not customer:
        about = [_("客户号 **{tail}").format(tail=tail(agenda.customer_no)), *about, dated]
    return {
        "lang": language(),
        "title": _("面谈记录") if held is not None else _("面谈提纲"),
        "name": print_name(agenda.name),
        "about": typeset(" · ".join(about)),
        "alarm": clean(agenda.barred) if agenda.barred and not customer else "",
        "parts": parts,
        "task_title": typeset(_("谁在哪天前做什么")),
        "task_heads": [_("谁"), _("做什么"), _("哪天前"), _("做完")],
        "tasks": tasks or ([["", "", "", ""]] * _TASKS_BLANK if held is None else []),
        "signs": [typeset(_("客户签字:")), typeset(_("客户经理签字:"))] if customer else [],
        "note": typeset(rules.text("meeting.customer_note"))
        if customer
        else typeset(_("目标按现在记下的钱算,不计收益。")),
        "footer": _footer(dated, printed_by, printed_at, anchor, customer=customer),
        "watermark": "" if customer else typeset(_("会后销毁或锁好,不外传")),
    }


def _agenda(agenda: MeetingAgenda, rules: Rules, clean: _Clean, *, customer: bool) -> list[MeetingPartPaper]:
    inside = rules.words("meeting.internal_words")
    parts: list[MeetingPartPaper] = []
    for one in agenda.parts:
        if customer and (one.inside or one.code == "advice"):
            continue
        lines = [
            line for line in one.lines if not customer or (not line.inside and outward([line.text], inside))
        ]
        if lines:
            # a need is asked about, never shown with its class
            asides = ["" if customer and one.code != "promises" else line.aside for line in lines]
            parts.append({
                "title": typeset(one.title), "blanks": 0, "strong": one.code == "limits",
                "lines": [{"text": clean(line.text), "aside": clean(aside)} for line, aside in zip(lines, asides, strict=True)],
            })  # fmt: skip
    blanks = rules.whole("meeting.blank_lines")
    parts.append({"title": typeset(_("谈了什么")), "lines": [], "blanks": blanks, "strong": False})
    parts.append({"title": typeset(_("建议和理由")), "lines": [], "blanks": blanks // 2 + 1, "strong": False})
    return parts


def _record(held: Meeting, rules: Rules, clean: _Clean, *, customer: bool) -> list[MeetingPartPaper]:
    inside = rules.words("meeting.internal_words")
    topics = outward(held.topics, inside) if customer else held.topics
    advice = [one for one in held.advice if not customer or outward([one[0]], inside)]
    made: list[MeetingPartPaper] = [
        {
            "title": typeset(_("谈了什么")), "blanks": 0, "strong": False,
            "lines": [{"text": clean(one), "aside": ""} for one in topics],
        },
        {
            "title": typeset(_("建议和理由")), "blanks": 0, "strong": False,
            "lines": [
                {"text": clean(text), "aside": clean(why) if not customer or outward([why], inside) else ""}
                for text, why in advice
            ],
        },
    ]  # fmt: skip
    return [one for one in made if one["lines"]]


def _tasks(held: Meeting | None, rules: Rules, *, customer: bool) -> Sequence[MeetingTask]:
    if held is None:
        return ()
    inside = rules.words("meeting.internal_words")
    return [one for one in held.tasks if not customer or outward([one.text], inside)]


def _task(one: MeetingTask, rules: Rules, clean: _Clean) -> list[str]:
    return [rules.text(f"meeting.who.{one.who}"), clean(one.text), one.by or "—", ""]


def _footer(dated: str, printed_by: str, printed_at: str, anchor: str, *, customer: bool) -> list[str]:
    by = _("打印人 {name}").format(name=printed_by or "—")
    at = printed_words(printed_at, anchor)
    if customer:
        return [_("客户经理 {name}").format(name=printed_by or "—"), at, _("请您留存")]
    return [dated, by, at, _("内部资料")]
