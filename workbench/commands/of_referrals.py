"""The command of referrals: the task sheets with their clocks, whom to ask now, the funnel, what is wrong; the sheets as files
(domain 7)."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from workbench.app import Workbench
from workbench.base.change import Progress
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, semicolons
from workbench.base.money import to_yuan
from workbench.commands.app import chosen, command
from workbench.commands.edge import (
    AsJson,
    Book,
    Force,
    Full,
    FullPurpose,
    in_full,
    opened,
    print_json,
    progress,
    say,
)
from workbench.outreach.benefits.of_referrals import RewardLine
from workbench.outreach.referrals.moments import MomentEntry, nobody_now
from workbench.outreach.referrals.task_line import TaskLine
from workbench.people.referring.finding import ReferralFinding, name_of
from workbench.rules.parameters import Rules
from workbench.trust.register import Outgoing


@command("referrals")
def referrals(
    pdf: Annotated[
        Path | None, typer.Option("--pdf", help=_("写出转介单(PDF,每页两张,沿虚线裁开,姓名遮盖)"))
    ] = None,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", help=_("写出转介单(xlsx),填好用 workbench results 录入"))
    ] = None,
    only_open: Annotated[bool, typer.Option("--open", help=_("只要还在跟进的"))] = False,
    force: Force = False,
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> None:
    """Print the referrals, or write their task sheets."""
    why = in_full(full, purpose, json)
    if pdf is not None and xlsx is not None:
        raise WorkbenchError("usage", _("一次只做一件事。"), _("请分开写这几个选项。"))
    with opened(chosen(book)) as workbench:
        workbench.register.check_free(pdf, xlsx, replace=force)
        lines = _lines(workbench, only_open=only_open)
        if pdf is not None or xlsx is not None:
            _write(workbench, lines, pdf, xlsx, force=force, as_json=json)
            return
        if json:
            with progress(quiet=True) as report:
                body = _body(workbench, lines, report)
            outgoing = Outgoing("referrals_json", len(lines), in_full=why)
            print_json(workbench.register.hand_over(outgoing, body))
            return
        _show(workbench, lines)


def _lines(workbench: Workbench, *, only_open: bool) -> tuple[TaskLine, ...]:
    lines = workbench.outreach.referral_views.lines()
    return tuple(one for one in lines if one.task.state == "open") if only_open else lines


def _write(
    workbench: Workbench,
    lines: Sequence[TaskLine],
    pdf: Path | None,
    xlsx: Path | None,
    *,
    force: bool,
    as_json: bool,
) -> None:
    sheets, tasks = workbench.sheets, [one.task for one in lines]
    if pdf is not None:
        path = sheets.save(sheets.referrals_pdf(tasks), pdf, replace=force)
    elif xlsx is not None:
        path = sheets.save(sheets.referrals_xlsx(tasks), xlsx, replace=force)
    if as_json:
        print_json({"pdf" if pdf is not None else "xlsx": str(path), "referrals": len(tasks)})
        return
    if not tasks:
        words = _("{path} 是空表:还没有转介单。客户给了名字后,在“转介”页登记;总行的转介清单可以导入。")
        if workbench.outreach.referrals.all():
            words = _("{path} 是空表:没有还在跟进的转介单。")
        say(words.format(path=path))
        return
    say(_("{n} 张转介单写在 {path};填好的 xlsx 用 workbench results 录入。").format(n=len(tasks), path=path))


def _body(workbench: Workbench, lines: Sequence[TaskLine], report: Progress) -> dict[str, object]:
    outreach, rules = workbench.outreach, workbench.rules
    body: dict[str, object] = {"referrals": [line_json(one, rules) for one in lines]}
    try:
        queue = outreach.asking.queue(report)
    except WorkbenchError as error:
        if error.code != "no_data":
            raise
        body |= {"as_of": None, "moments": [], "moments_lacking": error.message}
    else:
        body |= {
            "as_of": queue.as_of, "moments": [moment_json(one, rules) for one in queue.entries],
            "moments_lacking": queue.out_words(rules) or (None if queue.entries else nobody_now()),
        }  # fmt: skip
    return body | {
        "funnel": outreach.referral_views.funnel().as_json(),
        "flagged": [_finding_json(one, rules) for one in _findings(workbench.outreach.referrals.flagged())],
        "first_contacts": [
            {"line": one.task.id, "referral_no": one.task.number or None, "due": one.clock.at, "day": one.clock.day,
             "late": one.late, "words": one.words}
            for one in outreach.referrals.first_contacts()
        ],
        "rewards": [reward_json(one, rules) for one in outreach.referral_rewards.ledger()],
    }  # fmt: skip


def line_json(line: TaskLine, rules: Rules) -> dict[str, object]:
    """A referral, money in yuan; `customer_no` and `name` are the giver's."""
    one = line.task
    return {
        "line": one.id, "referral_no": one.number or None, "date": one.date, "customer_no": one.giver_no,
        "name": one.giver_name, "giver": one.giver, "moment": one.moment, "channel": one.channel or None,
        "giver_agreed": one.giver_agreed, "giver_way": one.giver_way or None, "agreed": one.agreed,
        "agreed_way": one.agreed_way or None, "agreed_at": one.agreed_at, "referred_name": one.name or None,
        "referred_phone": one.phone or None, "referral_relation": one.relation or None, "industry": one.industry or None,
        "referral_need": one.need or None, "loan": one.loan, "owner": one.owner or None, "first_contact_due": one.due,
        "contacted": one.contacted, "result": one.result or None, "meeting_date": one.meeting,
        "referred_customer_no": one.account_no, "opened": one.opened, "product": one.product or None,
        "amount": to_yuan(one.amount_fen), "assets": to_yuan(one.assets_fen), "assets_as_of": one.as_of,
        "feedback_due": line.feedback.at if line.feedback else None, "feedback_date": one.feedback, "thanked": one.thanked,
        "reward": one.reward or None, "reward_checked": one.checked, "status": one.status or None,
        "close_reason": one.close_reason or None, "stage": one.stage, "stage_name": rules.text(f"referrals.stage.{one.stage}"),
        "state": one.state, "late": line.late, "next_step": line.step or None, "doubts": list(one.doubts),
        "findings": [each.code for each in line.findings],
        "likely_customer_no": line.likely.customer_no if line.likely else None,
    }  # fmt: skip


def moment_json(one: MomentEntry, rules: Rules) -> dict[str, object]:
    """A customer who may be asked now."""
    return {
        "customer_no": one.customer_no, "name": one.name, "tier": one.tier, "moment": one.moment.code,
        "moment_name": one.moment.name(rules), "what": one.moment.what, "since": one.moment.day, "until": one.until,
        "giver": one.giver.kind, "giver_name": one.giver.name, "why": one.giver.why, "how": one.giver.how,
        "score": one.score.score, "score_words": one.score.words,
    }  # fmt: skip


def reward_json(one: RewardLine, rules: Rules) -> dict[str, object]:
    """A line of the ledger of rewards, money in yuan."""
    task = one.task
    names = {"earned": _("可以致谢"), "barred": _("不予致谢")}
    return {
        "line": task.id, "referral_no": task.number or None, "customer_no": task.giver_no, "name": task.giver_name,
        "rule": one.rule.code, "benefit": one.rule.title, "cap": one.rule.cap, "had": one.had, "state": one.state,
        "state_name": names.get(one.state) or rules.text(f"benefit.state.{one.state}"), "issued": one.issued,
        "value": to_yuan(one.value_fen), "why": one.why or None,
    }  # fmt: skip


def _findings(by_line: Mapping[int, Sequence[ReferralFinding]]) -> list[ReferralFinding]:
    """Each finding once, by its lines."""
    every = dict.fromkeys(one for each in by_line.values() for one in each)
    return sorted(every, key=lambda one: (not one.sure, one.refs))


def _finding_json(one: ReferralFinding, rules: Rules) -> dict[str, object]:
    return {
        "code": one.code, "kind": name_of(one.code, rules), "sure": one.sure, "lines": list(one.refs),
        "customers": [each for each in one.members if each], "sentence": one.sentence, "advice": one.advice,
    }  # fmt: skip


def _show(workbench: Workbench, lines: Sequence[TaskLine]) -> None:
    rules = workbench.rules
    for line in lines:
        one = line.task
        words = [
            one.number or _("第 {n} 行").format(n=one.id), one.shown_name or _("(已抹掉)"),
            rules.text(f"referrals.stage.{one.stage}"),
            *([rules.text(f"referrals.state.{one.state}")] if one.state != "open" else []),
        ]  # fmt: skip
        say(" ".join(words), style="bold")
        giver = _("转介人 {name}({number})").format(name=one.shown_giver, number=one.giver_no)
        say("  " + semicolons(filter(None, [giver, line.step, *one.doubts])))
    if not lines:
        say(_("还没有转介单。客户给了名字后,在“转介”页登记;总行的转介清单可以导入。"))
    for finding in _findings(workbench.outreach.referrals.flagged()):
        say(f"{name_of(finding.code, rules)}: {finding.sentence}")
