"""The command about one light: explain the outflow, pause it, hand it over, confirm the cause."""

from typing import Annotated

import typer

from workbench.base.change import Change
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.commands.app import chosen, command
from workbench.commands.edge import AsJson, Book, Full, FullPurpose, in_full, opened, print_json, say
from workbench.insight.churn.decisions import in_words
from workbench.trust.register import Outgoing


@command("light")
def light(
    customer_no: str,
    explain: Annotated[
        str | None,
        typer.Option("--explain", help=_("资金去向:house、school、loan、own_product、family、other")),
    ] = None,
    mute: Annotated[str | None, typer.Option("--mute", help=_("静默到哪一天,YYYY-MM-DD"))] = None,
    hand_over: Annotated[str | None, typer.Option("--hand-over", help=_("交给谁"))] = None,
    cause: Annotated[
        str | None, typer.Option("--cause", help=_("确认原因:natural、fault、competition、unknown"))
    ] = None,
    note: Annotated[str | None, typer.Option("--note", help=_("一句说明"))] = None,
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> None:
    """Write one decision about a light, undoable by the change number that is printed; without a decision list those in
    force. Raises WorkbenchError two_decisions, no_decision for a note alone."""
    why = in_full(full, purpose, json)
    decided = sum(one is not None for one in (explain, mute, hand_over, cause))
    if note is not None and not decided:
        raise WorkbenchError(
            "no_decision",
            _("只写了说明,没有写决定。"),
            _("请在 --explain、--mute、--hand-over、--cause 里写一个。"),
        )
    if decided > 1:
        raise WorkbenchError(
            "two_decisions",
            _("一次只能作一个决定。"),
            _("请在 --explain、--mute、--hand-over、--cause 里只写一个。"),
        )
    change: Change | None = None
    with opened(chosen(book)) as workbench:
        lights = workbench.outreach.lights
        if explain is not None:
            change = lights.explain(customer_no, explain, note)
        elif mute is not None:
            change = lights.mute(customer_no, mute, note)
        elif hand_over is not None:
            change = lights.hand_over(customer_no, hand_over, note)
        elif cause is not None:
            change = lights.confirm_cause(customer_no, cause, note)
        standing = lights.decisions(customer_no).all()
        sentences = [in_words(one, workbench.rules) for one in standing]
        if json and change is None:
            body = {"customer_no": customer_no.strip(), "decisions": [one.as_json() for one in standing]}
            print_json(workbench.register.hand_over(Outgoing("light_json", 1, in_full=why), body))
            return
    if json and change is not None:
        print_json({"change": change.undo_id})
        return
    if change:
        say(_("已记下;撤销请用 workbench undo --change {change}").format(change=change.undo_id))
    for sentence in sentences or [_("没有作过决定。")]:
        say(sentence)
