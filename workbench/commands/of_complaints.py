"""The command of complaints: the list by the earliest clock, one file, the printed file, the metrics (domain 9)."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, semicolons
from workbench.commands.app import chosen, command
from workbench.commands.edge import (
    AsJson,
    Book,
    Force,
    Full,
    FullPurpose,
    in_full,
    opened,
    out,
    print_json,
    say,
)
from workbench.outreach.complaints.complaint import Complaint
from workbench.outreach.complaints.documents import complaint_json, metrics_json, next_words, turn_list_json
from workbench.outreach.complaints.metrics import metric_words
from workbench.outreach.complaints.words import step_name
from workbench.people.privacy import mask_name
from workbench.rules.parameters import Rules
from workbench.trust.register import Outgoing


@command("complaints")
def complaints(
    number: Annotated[
        str | None, typer.Argument(metavar="NO", help=_("投诉编号,或客户号:只看这一件,或这位客户的"))
    ] = None,
    only_open: Annotated[bool, typer.Option("--open", help=_("只列没有办结的"))] = False,
    only_closed: Annotated[bool, typer.Option("--closed", help=_("只列办结的"))] = False,
    pdf: Annotated[
        Path | None, typer.Option("--pdf", help=_("把一件投诉的档案写成 PDF(姓名遮盖),要给出投诉编号"))
    ] = None,
    force: Force = False,
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> int:
    """Print complaints with levels, both clocks and steps, open ones first, or write the file of one."""
    why = in_full(full, purpose, json)
    if (only_open and only_closed) or (pdf is not None and number is None):
        words = _("--open 和 --closed 只能写一个。") if pdf is None else _("写 PDF 要给出投诉编号。")
        raise WorkbenchError("usage", words, _("请看 workbench complaints --help。"))
    with opened(chosen(book)) as workbench:
        workbench.register.check_free(pdf, replace=force)
        room, rules = workbench.outreach.complaints, workbench.rules
        listed = room.list()
        shown = listed.all if number is None else room.named(number)
        if pdf is not None:
            return _write(workbench, shown, pdf, force=force, as_json=json)
        state = "closed" if only_closed else ""
        shown = tuple(
            one for one in shown if not (only_open and one.state == "closed") and state in ("", one.state)
        )
        if json:
            turns = {one.id: room.turn(one) for one in shown if one.state == "closed" and one.filed}
            body: dict[str, object] = {
                "now": listed.now,
                "counts": {"open": len(listed.open), "overdue": len(listed.overdue), "closed": len(listed.closed)},
                "complaints": [complaint_json(one, rules, turns.get(one.id)) for one in shown],
            }  # fmt: skip
            if number is None:
                body["metrics"] = metrics_json(room.metrics(listed))
                body["turn_list"] = _turn_list(workbench)
            print_json(
                workbench.register.hand_over(Outgoing("complaints_json", len(shown), in_full=why), body)
            )
            return 0
        if number is not None and len(shown) == 1:
            _show_one(shown[0], rules)
            return 0
        _show(shown, rules)
        if number is None:
            say(metric_words(room.metrics(listed)))
    return 0


def _turn_list(workbench: Workbench) -> dict[str, object] | None:
    """Who has a card or a loan and little else; nothing in a book without customers."""
    try:
        return turn_list_json(workbench.outreach.complaints.turn_list())
    except WorkbenchError as error:
        if error.code != "no_data":
            raise
        return None


def _write(
    workbench: Workbench, shown: tuple[Complaint, ...], path: Path, *, force: bool, as_json: bool
) -> int:
    filed = [one for one in shown if one.filed]
    if len(filed) != 1:
        names = semicolons(one.no for one in filed)
        raise WorkbenchError(
            "several" if filed else "no_file",
            _("有几份投诉档案:{names}。").format(names=names) if filed else _("这件投诉还没有建档。"),
            _("请写投诉编号。") if filed else _("请先在窗口的“投诉亏损”里建档。"),
        )
    sheets = workbench.sheets
    place = sheets.save(sheets.complaint_file(filed[0].id), path, replace=force)
    if as_json:
        print_json({"pdf": str(place)})
    else:
        say(_("投诉档案写在 {path}。").format(path=place))
    return 0


def _show(shown: tuple[Complaint, ...], rules: Rules) -> None:
    if not shown:
        say(_("没有投诉。"))
        return
    table = Table(_("编号"), _("客户"), _("级别"), _("类别"), _("内部"), _("法定"), _("下一步"))
    for one in shown:
        clocks = one.clocks
        table.add_row(
            one.no or "—", f"{mask_name(one.name)} {one.customer_no}", rules.text(f"complaint.level.{one.level.code}"),
            one.category_word or "—", clocks.solution.words, clocks.end.words,
            next_words(one, rules) or _("已办结"),
        )  # fmt: skip
    out().print(table)


def _show_one(one: Complaint, rules: Rules) -> None:
    level = rules.text(f"complaint.level.{one.level.code}")
    words = _("{no} {who} · {level}:{why}")
    say(
        words.format(no=one.no, who=mask_name(one.name), level=level, why=one.level.reason).strip(),
        style="bold",
    )
    say(rules.text(f"complaint.do.{one.level.code}"))
    for unknown in one.level.unknown:
        say(unknown)
    for clock in (*one.clocks.both, *([one.clocks.follow] if one.clocks.follow else [])):
        name = rules.text(f"complaint.clock.{clock.code}")
        say(_("{name}({basis}):{words}").format(name=name, basis=clock.basis, words=clock.words))
    for step in one.steps:
        say(f"{step.at} {step_name(step.step)} {step.by}".rstrip())
    if one.avoiding:
        say(one.avoiding)
    if following := next_words(one, rules):
        say(_("下一步 {what}").format(what=following))
