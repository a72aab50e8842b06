"""The content of the 531 sheet for paper and workbook alike: masked, labelled, in the language in use."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from workbench.base.i18n import _, commas, language
from workbench.base.workdays import shipped
from workbench.outreach.codes import codes
from workbench.outreach.draft import PlanCustomer, PlanItem, WeekPlan, data_dated
from workbench.outreach.review import WeekReview
from workbench.outreach.week.entry import WeekList
from workbench.people.privacy import Cover, print_name, tail
from workbench.sheets.papers import PlanLabels, PlanPaper, PlanRow
from workbench.sheets.printed import SheetKind
from workbench.trust.verdicts import anchor_words

_WIDE = str.maketrans(",;:?!", "，；：？！")
_CJK = r"[\u2e80-\u9fff\uff00-\uffef“”「」、。]"
_STOP = re.compile(r"[;?!]|(?<!\d)[,:]|[,:](?!\d)")
_BRACKETS = re.compile(rf"\(([^()]*{_CJK}[^()]*)\)")
_GAP = re.compile(rf"(?<={_CJK}) (?=[\d½])|(?<=[\d%½]) (?={_CJK})|(?<={_CJK}) (?={_CJK})")

#: runs of numbers that are written out
_RUNS = 3


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who prints, when (local time), and the review of the week before (None: it had no plan)."""

    printed_by: str
    printed_at: str
    last_week: WeekReview | None
    #: the end of the book's audit when the sheet was made, as `Anchor.shown`; '' where no book stands behind it
    anchor: str = ""


def week_span(week: str) -> str:
    """The days of a week at the head of its sheets."""
    work = shipped().week(week)
    return f"{work.days[0].isoformat()} — {work.last:%m-%d}"


def typeset(text: str) -> str:
    """A text with Chinese typography: punctuation full width (not inside figures), no blanks around figures.

    Texts in another language stay as they are.
    """
    if language() != "zh" or not re.search(_CJK, text):
        return text
    text = _STOP.sub(lambda match: match[0].translate(_WIDE), text)
    text = _BRACKETS.sub(lambda match: f"（{match[1]}）", text)
    return _GAP.sub("", text)


PLAN_PDF = SheetKind("plan_pdf", ("name_masked", "customer_no_tail"), "pack")
PLAN_XLSX = SheetKind("plan_xlsx", ("name_masked", "customer_no_tail"))


def plan_name(plan: WeekPlan) -> str:
    """The proposed file name of a plan, without an ending."""
    return _("531行动计划 {week}").format(week=plan.week)


def sheet(plan: WeekPlan, imprint: Imprint, listing: WeekList | None = None) -> PlanPaper:
    """The whole sheet as plain values: labels, header, three blocks, foot. `listing`: the ranked list of its week, for the
    numbers of the call sheet; None where no call sheet lies behind it."""
    items = (*plan.quick_wins, *plan.needs_resources, *plan.this_week)
    cover = Cover((c.name, c.customer_no) for item in items for c in item.customers)

    dated = data_dated(plan.data_date)

    def clean(text: str) -> str:
        """A text masked and typeset, without the data date at its end, which the footer tells."""
        return typeset(cover(" ".join(text.removesuffix(dated).split())))

    ranks = plan.ranks() if listing is None else listing.ranks
    age_sentence = plan.fresh.sentence if plan.fresh else ""
    aged = clean(age_sentence)

    def block(sign: str, rows: Sequence[PlanItem]) -> list[PlanRow]:
        return [_row(item, f"{sign}-{number}", clean, ranks, listing) for number, item in enumerate(rows, 1)]

    return {
        "lang": language(),
        "title": labels()["title"],
        "labels": labels(old=plan.old),
        "warnings": list(filter(None, [aged])),
        "week": _("第 {week} 周").format(week=int(plan.week[-2:])),
        "span": week_span(plan.week),
        "draft": _("草稿 · 未确认") if plan.draft else "",
        "branch": clean(plan.branch),
        "manager": clean(plan.manager),
        "capacity": typeset(
            _("电话 {calls}/{calls_limit} · 面访 {visits}/{visits_limit}").format(
                calls=plan.calls,
                calls_limit=plan.calls_limit,
                visits=plan.visits,
                visits_limit=plan.visits_limit,
            )
        ),
        "five": block("5", plan.quick_wins),
        "three": block("3", plan.needs_resources),
        "one": block("1", plan.this_week),
        "aged": aged,
        "notes": [clean(note) for note in plan.notes if note != age_sentence],
        "last_week": _last_week(imprint.last_week),
        "carried": _carried(imprint.last_week),
        "footer": footer(plan.data_date, imprint),
    }


def printed_words(at: str, anchor: str = "") -> str:
    """When a sheet was printed, and up to which row of the audit (`Anchor.shown`), so that the book can be held against it."""
    words = _("打印时间 {at}").format(at=at[:16])
    return f"{words} · {anchor_words(anchor)}" if anchor else words


def footer(dated: str | None, imprint: Imprint) -> list[str]:
    """Data date (ISO), who printed it, when, and 'internal' (domain 5, print)."""
    return [
        _("数据日期 {date}").format(date=dated or _("无")),
        _("打印人 {name}").format(name=imprint.printed_by or "—"),
        printed_words(imprint.printed_at, imprint.anchor),
        _("内部资料"),
    ]


def labels(*, old: bool = False) -> PlanLabels:
    """Every fixed word of the sheet; `old`: the data are too old to promise quick effects."""
    return {
        "title": _("531 行动计划"),
        "five": _("不要资源的方法") if old else _("立即见效的方法"),
        "five_hint": typeset(_("先导入新名单,再照着做") if old else _("不要额外资源,今天就能动手")),
        "three": _("需资源支持的动作"),
        "three_hint": typeset(_("先申请,再落实;不批有替代")),
        "one": _("本周落地事项"),
        "one_hint": _("这一件务必办成"),
        "five_heads": [
            _("方法"), _("对象清单"), _("依据"), _("动作与话术"), _("完成标准"), _("截止"), _("结果"),
        ],
        "three_heads": [_("动作"), _("需要的资源"), _("申请日期"), _("批复"), _("若不批的替代")],
        "one_heads": [_("事项"), _("为什么是它"), _("里程碑"), _("完成证据")],
        "yes": _("同意"),
        "no": _("不批"),
        "deadline": _("截止"),
        "done": _("完成标准"),
        "last_week": _("上周完成率"),
        "carried": _("未完成转结原因"),
        "signature": _("主管签字"),
        "notes": _("说明"),
        "jotting": _("本周手记"),
        "marks": ["✓", "½", "×"],
        "branch": _("网点"),
        "manager": _("客户经理"),
        "capacity": _("容量"),
    }  # fmt: skip


def weekday(date: str) -> str:
    """The weekday of an ISO date in the language in use: 周一 … 周日."""
    names = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
    return names[dt.date.fromisoformat(date).weekday()]


def customer_label(customer: PlanCustomer) -> str:
    """A customer as the sheet names him, masked: '张** 1234'."""
    return f"{print_name(customer.name)} {tail(customer.customer_no)}".strip()


def counted(item: PlanItem) -> str:
    """The number of customers of a row, '12户'; '' for nobody."""
    return _("{n}户").format(n=len(item.customers)) if item.customers else ""


def carried_words(item: PlanItem) -> str:
    """That a row was carried over, for which week and why it was left; '' for one that was not."""
    if not item.carried:
        return ""
    why = dict(codes("missed")).get(item.left_over, "")
    words = _("转结第 {n} 周").format(n=item.carried)
    return _("{what}:{why}").format(what=words, why=why) if why else words


def place_on_calls(row: str, listing: WeekList | None) -> str:
    """Where the customers of a row of the plan ('5-1') stand on the call sheet: '见电访单 1-12、15 号', or, where they stand
    apart, between which numbers and by which mark; '' for nobody."""
    numbers = [entry.rank for entry in listing.of_row(row)] if listing is not None else []
    if not numbers:
        return ""
    short = runs(numbers)
    if len(short) <= _RUNS:
        return typeset(_("见电访单 {numbers} 号").format(numbers=commas(short)))
    words = _("见电访单 {first}-{last} 号里标 {row} 的")
    return typeset(words.format(first=numbers[0], last=numbers[-1], row=row))


def runs(numbers: Sequence[int]) -> list[str]:
    """Rising numbers in short: [1, 2, 3, 7] -> ['1-3', '7']."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][-1] + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    return [str(one[0]) if len(one) == 1 else f"{one[0]}-{one[-1]}" for one in spans]


def spoken(script: str) -> str:
    """A script in quotation marks; an empty one and a remark in brackets stay as they are."""
    if not script or script.startswith(("(", "（")):
        return script
    return f"“{script}”"


def _row(
    item: PlanItem,
    number: str,
    clean: Callable[[str], str],
    ranks: Mapping[int, int],
    listing: WeekList | None,
) -> PlanRow:
    return {
        "number": number,
        "method": clean(item.method),
        "carried": clean(carried_words(item)),
        "count": counted(item),
        "place": place_on_calls(number, listing),
        "customers": [customer_label(c) for c in item.in_order(ranks)],
        "basis": clean(item.basis),
        "action": clean(item.action),
        "script": clean(spoken(item.script)),
        "done": clean(item.done_when),
        "due": item.due[5:],
        "weekday": weekday(item.due),
        "resource": clean(item.resource),
        "fallback": clean(item.fallback),
        "milestones": [
            {"day": weekday(m.day), "date": m.day[5:], "what": clean(m.what)} for m in item.milestones
        ],
        "ticked": {"done": 0, "half": 1, "": -1}.get(item.result, 2),
    }


def _last_week(review: WeekReview | None) -> str:
    if review is None:
        return _("上周没有计划")
    if review.rate is None:
        return _("{week} 未登记结果").format(week=review.week)
    words = _("{rate}({done}成 {half}半 {missed}未)")
    return typeset(
        words.format(rate=f"{review.rate:.0%}", done=review.done, half=review.half, missed=review.missed)
    )


def _carried(review: WeekReview | None) -> str:
    if review is None or not review.reasons:
        return ""
    return commas(f"{name} {count}" for name, count in review.reasons)
