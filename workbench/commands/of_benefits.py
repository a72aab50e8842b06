"""The command of benefits: the rules with who gets them, what customers have left, and the writes about them (domain 8.4)."""

from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from rich.table import Table

from workbench.app import Workbench
from workbench.base.change import Change
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, semicolons
from workbench.base.money import exact_yuan, to_yuan
from workbench.commands.app import chosen, command
from workbench.commands.edge import (
    AsJson,
    Book,
    Force,
    Full,
    FullPurpose,
    complain,
    in_full,
    opened,
    out,
    print_json,
    progress,
    say,
)
from workbench.outreach.benefits.benefit import BenefitBoard, BenefitLine, BenefitPerson
from workbench.outreach.benefits.shipped import benefit_words
from workbench.people.privacy import mask_name
from workbench.rules.parameters import Rules
from workbench.trust.register import Outgoing

Pair = tuple[str, str] | None
_PAIR = "NO CODE"


class _Acts(NamedTuple):
    """What the command is asked to do beside showing."""

    template: Path | None
    back: Path | None
    issue: Pair
    use: Pair
    pdf: Path | None
    reason: str
    force: bool

    @property
    def wanted(self) -> int:
        """How many of them."""
        return sum(one is not None for one in (self.template, self.back, self.issue, self.use, self.pdf))


@command("benefits")
def benefits(
    customer: Annotated[
        str | None, typer.Option("--customer", help=_("只看一位客户:有什么、用了什么、可以发什么"))
    ] = None,
    unused: Annotated[bool, typer.Option("--unused", help=_("只列没有用掉的,快到期的在前"))] = False,
    template: Annotated[
        Path | None, typer.Option("--template", help=_("写出新达标权益体系的模板(xlsx),填好用 --import 导入"))
    ] = None,
    back: Annotated[Path | None, typer.Option("--import", help=_("导入填好的模板:一次写入,可以撤销"))] = None,
    issue: Annotated[Pair, typer.Option("--issue", metavar=_PAIR, help=_("给客户发一份权益"))] = None,
    reason: Annotated[str, typer.Option("--reason", help=_("不符合条件也要发的理由,会记下"))] = "",
    use: Annotated[Pair, typer.Option("--use", metavar=_PAIR, help=_("登记客户用掉了一份权益"))] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", help=_("写出未用权益提醒单(PDF,姓名遮盖)"))] = None,
    force: Force = False,
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> int:
    """Print the benefits and how they stand, or do one thing about them; exit status 2 where rows of a form are refused."""
    why = in_full(full, purpose, json)
    acts = _Acts(template, back, issue, use, pdf, reason, force)
    if acts.wanted > 1 or (acts.wanted and (customer or (unused and pdf is None))):
        raise WorkbenchError("usage", _("一次只做一件事。"), _("请分开写这几个选项。"))
    with opened(chosen(book)) as workbench:
        workbench.register.check_free(template, pdf, replace=force)
        if acts.wanted:
            return _act(workbench, acts, as_json=json)
        if customer is not None:
            _show_customer(workbench, customer, as_json=json, why=why)
            return 0
        with progress(quiet=json) as report:
            board = workbench.outreach.benefits.board(report)
        if json:
            body: dict[str, object] = {
                "as_of": board.as_of,
                "unused": [_person_json(one) for one in board.unused],
            }
            if not unused:
                body = {"as_of": board.as_of, "benefits": [line_json(one) for one in board.lines]} | body
            print_json(
                workbench.register.hand_over(Outgoing("benefits_json", len(board.unused), in_full=why), body)
            )
            return 0
        _show(board, workbench.rules, unused=unused)
    return 0


def _act(workbench: Workbench, acts: _Acts, *, as_json: bool) -> int:
    room, rules, sheets = workbench.outreach.benefits, workbench.rules, workbench.sheets
    if acts.template is not None:
        from workbench.sheets.benefit_form import benefits_template

        path = sheets.save(benefits_template(room, rules), acts.template, replace=acts.force)
        _tell(
            {"template": str(path)}, _("模板写在 {path};填好后用 --import 导入。").format(path=path), as_json
        )
        return 0
    if acts.pdf is not None:
        path = sheets.save(sheets.unused_benefits(), acts.pdf, replace=acts.force)
        _tell({"pdf": str(path)}, _("未用权益提醒单写在 {path}。").format(path=path), as_json)
        return 0
    if acts.back is not None:
        return _take_in(workbench, acts.back, as_json=as_json)
    change, words = Change.nothing(), ""
    if acts.issue is not None:
        change = room.issue(acts.issue[1], [acts.issue[0]], acts.reason).change
        words = _("发了一份“{name}”。").format(name=_title(workbench, acts.issue[1]))
    elif acts.use is not None:
        change = room.use(*acts.use)
        words = _("“{name}”登记为已用。").format(name=_title(workbench, acts.use[1]))
    _tell({"change": change.undo_id, "count": change.count}, words, as_json)
    return 0


def _take_in(workbench: Workbench, path: Path, *, as_json: bool) -> int:
    from workbench.sheets.benefit_form import benefit_form, import_benefits

    read = workbench.filled_form(benefit_form(workbench.rules), path)
    made = import_benefits(read, workbench.outreach.benefits)
    words = _("导入 {n} 项权益规则,退回 {m} 行。").format(n=made.kept, m=len(made.refused))
    body: dict[str, object] = {
        "change": made.change.undo_id, "kept": made.kept,
        "problems": [
            {"row": one.row, "column": one.column, "code": one.code, "level": one.level, "message": one.message}
            for one in made.problems
        ],
    }  # fmt: skip
    _tell(body, words, as_json)
    for one in made.problems:
        complain(one.message)
    return 2 if made.refused else 0


def _tell(body: dict[str, object], words: str, as_json: bool) -> None:
    if as_json:
        print_json(body)
    else:
        say(words)


def _title(workbench: Workbench, word: str) -> str:
    plain = word.strip()
    return next(
        (one.title for one in workbench.outreach.benefits.rules() if plain in (one.code, one.title)), plain
    )


def _show_customer(workbench: Workbench, number: str, *, as_json: bool, why: str) -> None:
    his = workbench.outreach.benefits.of(number)
    if as_json:
        body = {"customer_no": number.strip(), "grants": [_grant_json(one) for one in his]}
        print_json(workbench.register.hand_over(Outgoing("benefits_json", 1, in_full=why), body))
        return
    if not his:
        say(_("这位客户没有权益,现在也没有可以发的。"))
        return
    _people(his, workbench.rules)


def _show(board: BenefitBoard, rules: Rules, *, unused: bool) -> None:
    if not unused:
        for one in board.lines:
            say(f"{one.rule.code} {one.rule.title}", style="bold")
            say(f"  {line_words(one)}")
            if one.lacking:
                say(f"  {one.lacking}")
    if not board.unused:
        say(_("没有未用的权益。"))
        return
    _people(board.unused, rules)


def _people(people: tuple[BenefitPerson, ...], rules: Rules) -> None:
    table = Table(_("客户号"), _("姓名"), _("权益"), _("状态"), _("有效期至"), _("还有几天"))
    for one in people:
        table.add_row(
            one.customer_no, mask_name(one.name), one.title, rules.text(f"benefit.state.{one.state}"), one.valid_until or "",
            "" if one.days is None else str(one.days),
        )  # fmt: skip
    out().print(table)


def line_words(one: BenefitLine) -> str:
    """How a rule stands, in one line."""
    words = _(
        "{trigger}:可发 {eligible} 位,已发 {issued} 份,未用 {unused} 份(临期 {soon}),已用 {used} 份,过期 {expired} 份"
    )
    if not one.eligible and one.cannot_tell:  # nobody is known to: that is no zero
        words = _(
            "{trigger}:可发无法判断,已发 {issued} 份,未用 {unused} 份(临期 {soon}),已用 {used} 份,过期 {expired} 份"
        )
    counts = words.format(
        trigger=_(benefit_words().triggers[one.rule.trigger].name), eligible=f"{one.eligible:,}", issued=f"{one.issued:,}",
        unused=f"{one.unused:,}", soon=f"{one.expiring:,}", used=f"{one.used:,}", expired=f"{one.expired:,}",
    )  # fmt: skip
    left = (
        [_("今年预算还剩 {yuan} 元").format(yuan=exact_yuan(one.left_fen))]
        if one.left_fen is not None
        else []
    )
    if one.stock is not None:
        left.append(_("{name}还有 {n} 件").format(name=one.item, n=one.stock))
    return semicolons((counts, *left, *([one.stopped] if one.stopped else [])))


def line_json(one: BenefitLine) -> dict[str, object]:
    """How a rule stands, money in yuan."""
    rule = one.rule
    return {
        "code": rule.code, "name": rule.title, "gives": _(rule.gives), "trigger": rule.trigger,
        "trigger_name": _(benefit_words().triggers[rule.trigger].name), "levels": list(rule.levels),
        "segments": list(rule.segments), "threshold": to_yuan(rule.threshold_fen),
        "measure": rule.measure if rule.threshold_fen is not None else None, "per": rule.per, "cap": rule.cap, "days": rule.days,
        "stack": rule.stack, "group": rule.group or None, "evidence": _(rule.evidence) or None, "owner": rule.owner or None,
        "compliance": _(rule.note) or None, "mark": rule.mark or None, "meets": one.meets, "eligible": one.eligible,
        "cannot_tell": one.cannot_tell, "lacking": one.lacking or None, "issued": one.issued, "used": one.used,
        "expiring": one.expiring, "expired": one.expired, "unused": one.unused, "budget": to_yuan(rule.budget_fen),
        "spent": to_yuan(one.spent_fen), "left": to_yuan(one.left_fen), "item": one.item or None, "stock": one.stock,
        "stopped": one.stopped or None,
    }  # fmt: skip


def _person_json(one: BenefitPerson) -> dict[str, object]:
    return {
        "customer_no": one.customer_no, "name": one.name, "benefit": one.title, "code": one.benefit,
        "valid_until": one.valid_until, "days": one.days,
    }  # fmt: skip


def _grant_json(one: BenefitPerson) -> dict[str, object]:
    grant: dict[str, object] = {
        "state": one.state,
        "issued": one.issued,
        "used": one.used,
        "value": to_yuan(one.value_fen),
    }
    return _person_json(one) | grant | {"note": one.note or None}
