"""转介单 on paper and as a workbook (domain 7): every field of the task sheet, what is known filled in, the rest to be written;
half an A4 each (A5), two on a page, with codes, so that it comes back; persons and telephones masked."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from workbench.base.dates import days_after, today
from workbench.base.i18n import _, semicolons
from workbench.base.money import exact_yuan
from workbench.base.workdays import Workdays
from workbench.outreach.referrals.clocks import ReferralClock, feedback_clock, first_contact_clock
from workbench.outreach.referrals.entered import label_of
from workbench.outreach.referrals.task import ReferralTask
from workbench.outreach.results.handed_sheet import SheetRow
from workbench.people.privacy import Cover, masking, print_name, tail
from workbench.people.referring.finding import ReferralFinding
from workbench.rules.parameters import Rules
from workbench.sheets.content import typeset
from workbench.sheets.pack.calls import result_digits
from workbench.sheets.pack.part import Grid, Part
from workbench.sheets.printed import SheetKind

FIELDS = (
    "name_masked", "customer_no_tail", "referred_name_masked", "referred_phone_masked", "referral_need", "reason",
)  # fmt: skip
REFERRALS_PDF = SheetKind("referrals_pdf", FIELDS, "pack")
REFERRALS_XLSX = SheetKind("referrals_xlsx", FIELDS)


class SheetField(TypedDict):
    """A field of the sheet: what it is called, what is known of it ('' to be written), choices to be ticked, and a line below."""

    label: str
    value: str
    choices: list[str]
    ticked: int
    hint: str


class ReferralCard(TypedDict):
    """One task sheet; `row`: its number among those of the paper."""

    row: str
    number: str
    who: str
    stage: str
    doubts: str
    fields: list[SheetField]


def referral_part(
    tasks: Sequence[ReferralTask],
    rules: Rules,
    workdays: Workdays,
    benefits: Mapping[str, str],
    dated: str | None,
    wrong: Mapping[int, Sequence[ReferralFinding]],
) -> Part:
    """The task sheets as one numbered sheet; `benefits`: names of benefits by code; `dated`: the data date (ISO);
    `wrong`: line -> what is wrong, or to be checked, with it."""
    cards = [
        _card(task, str(number), rules, workdays, benefits, wrong.get(task.id, ()))
        for number, task in enumerate(tasks, 1)
    ]
    title = _("转介单")
    paper = {
        "title": title,
        "cards": cards,
        "codes": [f"{digit} {name}" for digit, name in result_digits()],
        "result": _("首触结果"),
        "signs": [_("客户经理签字"), _("日期")],
        "rule": typeset(
            _("先双方同意再联系;同意后 {first} 小时内首触,首触后 {back} 小时内告诉转介人已联系,不说对方任何财务情况。").format(
                first=rules.whole("referrals.first_hours"), back=rules.whole("referrals.feedback_hours")
            )
        ),
        "hint": typeset(_("沿虚线裁开,每张一位;填好按编号和行号录入,或把表格版填好交回")),
        "nobody": typeset(_("没有还在跟进的转介单。")),
    }  # fmt: skip
    rows = tuple(SheetRow(number, task.giver_no, task.id) for number, task in enumerate(tasks, 1))
    people = len({task.giver_id for task in tasks}) + len(tasks)
    return Part(
        "referrals", "referral", title, paper, FIELDS, people, dated, rows,
        grids=(_grid(title, tasks, rules, workdays, benefits, str(paper["nobody"])),),
    )  # fmt: skip


def _card(
    task: ReferralTask,
    row: str,
    rules: Rules,
    workdays: Workdays,
    benefits: Mapping[str, str],
    wrong: Sequence[ReferralFinding],
) -> ReferralCard:
    return {
        "row": row,
        "number": task.number or _("(清单没有单号)"),
        "who": _person(task),
        "stage": rules.text(f"referrals.stage.{task.stage}"),
        "doubts": typeset(semicolons([*(one.sentence for one in wrong), *task.doubts])),
        "fields": _fields(task, rules, workdays, benefits),
    }


def _fields(
    task: ReferralTask, rules: Rules, workdays: Workdays, benefits: Mapping[str, str]
) -> list[SheetField]:
    due, back = first_contact_clock(task, rules, workdays), feedback_clock(task, rules, workdays)
    if (
        back is not None
        and days_after(back.day, rules.whole("referrals.feedback_late")) < today().isoformat()
    ):
        back = None  # nobody is asked for it any more
    hours = _("本人同意后 {n} 小时").format(n=rules.whole("referrals.first_hours"))
    money = f"{task.product} {exact_yuan(task.amount_fen)}".strip() if task.amount_fen else task.product
    return [
        _field(_("转介人"), _giver(task)),
        _field(_("被转介人"), _person(task)),
        _field(_("转介人类型"), rules.text(f"referrals.giver.{task.giver}") if task.giver else ""),
        _field(_("与转介人关系"), masking("referral_relation", task.relation, "paper")),
        _field(_("良机"), rules.text(f"referrals.moment.{task.moment}") if task.moment else ""),
        _field(_("行业"), task.industry),
        _field(_("开口日期、方式"), " ".join(filter(None, [task.date, task.channel]))),
        _field(_("需求线索"), _clue(task)),
        _agreed(_("转介人同意"), task.giver_agreed, task.giver_way),
        _agreed(_("本人同意"), task.agreed, task.agreed_way, (task.agreed_at or "") if task.agreed else ""),
        _field(_("承接人"), task.owner),
        _field(_("首触时限"), due.at if due else task.due or typeset(hours), _hint(due)),
        _field(_("首触日期"), task.contacted or "", task.result),
        _field(_("见面日期"), task.meeting or ""),
        _field(_("成交产品、金额"), money),
        _field(_("反馈转介人日期"), task.feedback or "", _until(back)),
        _field(_("权益规则、核对"), " ".join(filter(None, [_reward(task, benefits), task.checked]))),
        _field(_("状态、关闭原因"), " ".join(filter(None, [task.status, task.close_reason]))),
    ]  # fmt: skip


def _until(clock: ReferralClock | None) -> str:
    """When a field is to be filled in at the latest, small beside it."""
    return typeset(_("{at} 前").format(at=clock.at)) + _hint(clock) if clock else ""


def _hint(clock: ReferralClock | None) -> str:
    """What follows from a deadline that is past, or falls on a day off; '' for nothing."""
    if clock is None:
        return ""
    if clock.late(f"{today().isoformat()} 00:00"):
        return typeset(_("已超时,今天补"))
    if clock.early:
        return typeset(_("那天休息,{day} 下班前做完").format(day=clock.day))
    return typeset(_("那天休息,当天联系或请值班同事")) if clock.off else ""


def _field(label: str, value: str, hint: str = "") -> SheetField:
    return {"label": typeset(label), "value": value, "choices": [], "ticked": -1, "hint": hint}


def _agreed(label: str, flag: bool | None, way: str, at: str = "") -> SheetField:
    ticked = -1 if flag is None else 0 if flag else 1
    return {"label": label, "value": way, "choices": [_("是"), _("否")], "ticked": ticked, "hint": at}


def _person(task: ReferralTask) -> str:
    name = masking("referred_name", task.name, "paper") if task.name else ""
    phone = masking("referred_phone", task.phone, "paper") if task.phone else ""
    account = _("客户 {tail}").format(tail=tail(task.account_no)) if task.account_no else ""
    return " ".join(filter(None, [name, phone, account])) or _("(已抹掉)")


def _giver(task: ReferralTask) -> str:
    return f"{print_name(task.giver_name)} {tail(task.giver_no)}".strip()


def _clue(task: ReferralTask) -> str:
    """What the person may need. Elsewhere paper cuts remarks to their first sign; whoever is to prepare the first talk by this
    sheet has to read it, so that only names and numbers of people are masked in it."""
    people = [(task.giver_name, task.giver_no), (task.name, task.account_no or "")]
    return Cover(people)(task.need)


def _reward(task: ReferralTask, benefits: Mapping[str, str]) -> str:
    """The number of the rule and its name."""
    return f"{task.reward} {benefits.get(task.reward, '')}".strip() if task.reward else ""


def _grid(
    title: str,
    tasks: Sequence[ReferralTask],
    rules: Rules,
    workdays: Workdays,
    benefits: Mapping[str, str],
    nobody: str,
) -> Grid:
    heads = [
        _("号"), _("转介单号"), _("被转介人"), _("转介人"), _("类型、良机"), _("开口"), _("关系、行业、需求"), _("承接人"),
        _("双方同意"), _("首触时限"), _("权益"), _("到哪一步"), _("本人同意"), _("同意方式"), _("首触结果"), _("首触日期"),
        _("见面日期"), _("成交产品"), _("成交金额(元)"), _("反馈转介人日期"), _("感谢转介人日期"), _("状态"), _("关闭原因"),
    ]  # fmt: skip
    widths = (5, 17, 16, 12, 16, 13, 20, 9, 16, 18, 14, 20, 9, 16, 13, 12, 12, 14, 12, 13, 13, 10, 18)
    rows = [_cells(task, str(number), rules, workdays, benefits) for number, task in enumerate(tasks, 1)]
    about = [
        _("右边的空格填好后交回:workbench results 文件,或在“录入结果”里打开;没有变的空着。"),
        _("金额写多少元;本人不同意的写“否”,姓名和电话会抹掉。"),
    ]
    first = heads.index(_("首触结果")) + 1
    return Grid(
        title, title, about, heads if rows else [title], widths if rows else (60,), rows or [[nobody]],
        result=first if rows else 0, landscape=True,
    )  # fmt: skip


def _cells(
    task: ReferralTask, number: str, rules: Rules, workdays: Workdays, benefits: Mapping[str, str]
) -> list[str]:
    text = rules.text
    sides = [
        _side(label_of("giver_agreed"), task.giver_agreed, task.giver_way),
        _side(label_of("agreed"), task.agreed, task.agreed_way),
    ]
    due = first_contact_clock(task, rules, workdays)
    limit = "\n".join(filter(None, [due.at, _hint(due)])) if due else task.due or ""
    stage = [
        text(f"referrals.stage.{task.stage}"),
        *([text(f"referrals.state.{task.state}")] if task.state != "open" else []),
    ]
    known = [
        _("首触 {day}").format(day=task.contacted) if task.contacted else "",
        _("见面 {day}").format(day=task.meeting) if task.meeting else "",
        _("已反馈 {day}").format(day=task.feedback) if task.feedback else "",
    ]
    kind = [
        text(f"referrals.giver.{task.giver}") if task.giver else "",
        text(f"referrals.moment.{task.moment}") if task.moment else "",
    ]
    clue = [
        masking("referral_relation", task.relation, "file"),
        task.industry,
        _clue(task),
    ]
    return [
        number, task.number, _person(task), _giver(task), "\n".join(filter(None, kind)),
        "\n".join(filter(None, [task.date, task.channel])), "\n".join(filter(None, clue)), task.owner,
        "\n".join(filter(None, sides)), limit, _reward(task, benefits),
        "\n".join([*stage, *filter(None, known)]),
    ]  # fmt: skip


def _side(label: str, flag: bool | None, way: str) -> str:
    answer = {None: _("没有记"), True: _("是"), False: _("否")}[flag]
    return f"{label}:{answer} {way}".strip()
