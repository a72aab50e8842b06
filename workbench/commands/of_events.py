"""The command `events`: list the events bad for the bank's reputation, add one, remove one."""

from typing import Annotated

import typer

from workbench.base.dates import today
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas
from workbench.commands.app import chosen, command
from workbench.commands.edge import AsJson, Book, opened, print_json, say
from workbench.insight.churn.adverse_events import scopes


@command("events")
def events(
    add: Annotated[str | None, typer.Option("--add", help=_("登记一件,后面写标题"))] = None,
    scope: Annotated[str, typer.Option("--scope", help=_("范围:bank 全行、branch 机构、product 产品、region 地区"))] = "bank",
    target: Annotated[str, typer.Option("--target", help=_("涉及的机构、产品或城市,几个之间用顿号"))] = "",
    start: Annotated[str, typer.Option("--start", help=_("从哪天起(2026-10-31);不写为今天"))] = "",
    days: Annotated[int | None, typer.Option("--days", help=_("算多少天;不写按规则"))] = None,
    note: Annotated[str, typer.Option("--note", help=_("备注"))] = "",
    remove: Annotated[int | None, typer.Option("--remove", help=_("删除这个编号的事件"))] = None,
    json: AsJson = False,
    book: Book = None,
) -> None:  # fmt: skip
    """List all events, the newest first; with --add or --remove write first. Raises WorkbenchError two_changes for both."""
    if add is not None and remove is not None:
        raise WorkbenchError(
            "two_changes", _("登记和删除不能一起写。"), _("请在 --add、--remove 里只写一个。")
        )
    with opened(chosen(book)) as workbench:
        log, change, hint = workbench.insight.events, None, ""
        if add is not None:
            change = log.add(add, scope, target, start or today().isoformat(), days, note)
            hint = log.hint(scope, target)
        if remove is not None:
            change = log.remove(remove)
        listed = log.all()
    if json:
        body: dict[str, object] = {"events": [event.as_json() for event in listed]}
        if change is not None:
            body["change"] = change.undo_id
        if hint:
            body["hint"] = hint
        print_json(body)
        return
    if change is not None:
        say(_("已保存,改动编号 {change}(可用 workbench undo --change 撤销)。").format(change=change.undo_id))
    if hint:
        say(hint)
    for event in listed:
        words = _("{id} · {title} · {scope}{targets} · {start} 至 {until}")
        targets = f" {commas(event.targets)}" if event.targets else ""
        say(
            words.format(
                id=event.id, title=event.title, scope=scopes()[event.scope], targets=targets,
                start=event.start, until=event.until,
            )
        )  # fmt: skip
    if not listed:
        say(_("还没有登记声誉不利事件。"))
