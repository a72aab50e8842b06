"""A task sheet in words: every field that is filled in, in the order of the paper; what is missing in one line."""

from collections.abc import Iterator

from ui.words import exact, who
from workbench.base.i18n import _, commas
from workbench.base.money import wan
from workbench.outreach.codes import codes
from workbench.outreach.referrals.task import ReferralTask
from workbench.outreach.referrals.task_line import TaskLine
from workbench.people.privacy import masking, tail
from workbench.people.referring.finding import name_of, to_check
from workbench.rules.parameters import Rules


def person_of(task: ReferralTask) -> str:
    """The person referred as a list shows him."""
    if task.shown_name:
        return task.shown_name
    return _("客户 {number}").format(number=tail(task.account_no)) if task.account_no else _("已抹掉")


def flagged_person(line: TaskLine, rules: Rules) -> str:
    """The person referred with what is to be checked below, the most important in one word."""
    wrong = to_check(line.findings, rules)
    return person_of(line.task) if wrong is None else f"{person_of(line.task)}\n{name_of(wrong.code, rules)}"


def clock_words(line: TaskLine) -> str:
    """The clocks that run, each named, and below whether one has run out; '' for none."""
    first = _("首触 {at}").format(at=line.first.at[5:]) if line.first is not None else ""
    back = _("反馈 {at}").format(at=line.feedback.at[5:]) if line.feedback is not None else ""
    late = _("已超时") if line.late else ""
    return "\n".join(filter(None, (" ".join(filter(None, (first, back))), late)))


def agreed_word(agreed: bool | None) -> str:
    """Whether somebody agreed; not asked is told as such."""
    return {True: _("同意"), False: _("不同意"), None: _("没有记录")}[agreed]


def facts_of(line: TaskLine, rules: Rules) -> Iterator[tuple[str, str]]:
    """(name, value) of what is filled in."""
    one, channels = line.task, dict(codes("channels"))
    yield _("转介人"), who(one.giver_name, one.giver_no)
    yield _("类型"), rules.text(f"referrals.giver.{one.giver}") if one.giver else ""
    yield _("良机"), rules.text(f"referrals.moment.{one.moment}") if one.moment else ""
    yield _("开口"), " ".join(filter(None, (one.date, channels.get(one.channel, one.channel))))
    yield _("转介人同意说出名字"), " ".join(filter(None, (agreed_word(one.giver_agreed), one.giver_way)))
    yield (
        _("本人同意被联系"),
        " ".join(filter(None, (agreed_word(one.agreed), one.agreed_way, one.agreed_at))),
    )
    yield _("电话"), masking("referred_phone", one.phone, "screen")
    yield _("关系"), one.relation
    yield _("行业"), one.industry
    yield _("需求线索"), one.need
    yield _("承接人"), one.owner
    yield _("首触"), " ".join(filter(None, (one.contacted, one.result)))
    yield _("见面"), one.meeting or ""
    yield _("账户"), _account(one)
    yield _("成交"), " ".join(filter(None, (one.product, wan(one.amount_fen) if one.amount_fen else "")))
    yield _("反馈转介人"), one.feedback or ""
    yield _("感谢转介人"), one.thanked or ""
    yield _("清单上的状态"), one.status
    yield _("关闭原因"), one.close_reason


def _account(one: ReferralTask) -> str:
    if one.account_no is None:
        return ""
    held = _("没有资产数据")
    if one.assets_fen is not None and one.as_of is not None:
        held = _("{day} 资产 {amount}").format(day=one.as_of, amount=exact(one.assets_fen))
    opened = _("{day} 开户").format(day=one.opened) if one.opened else ""
    return " ".join(filter(None, (tail(one.account_no), opened, held)))


def missing_words(line: TaskLine, rules: Rules) -> str:
    """What the paper asks for and nobody filled in yet, in one line."""
    wanted = (_("类型"), _("良机"), _("关系"), _("行业"), _("需求线索"), _("承接人"))
    names = [name for name, value in facts_of(line, rules) if not value and name in wanted]
    return _("还没有填:{names}").format(names=commas(names)) if names else ""


def doubt_words(line: TaskLine, rules: Rules) -> str:
    """What contradicts itself or is to be checked, a line each."""
    doubts = [
        _("{name}:{why};{what}。").format(name=name_of(one.code, rules), why=one.sentence, what=one.advice)
        for one in line.findings
    ]
    return "\n".join([*line.task.doubts, *doubts])
