"""Commands of the tag library: all tags, one tag with its lineage and health, the health of all."""

from typing import TYPE_CHECKING, Annotated, cast

import typer
from rich.table import Table

from workbench.base.i18n import _, commas
from workbench.commands.app import chosen, command
from workbench.commands.edge import AsJson, Book, complain, opened, out, print_json, progress, say
from workbench.commands.tag_json import TagCardJson, TagHealthJson, TagJson
from workbench.insight.tags.checks import noted, state_word

if TYPE_CHECKING:
    from workbench.insight.tags.definition import Tag
    from workbench.insight.tags.health import HealthReport
    from workbench.insight.tags.room import Tags


@command("tags")
def tags(
    code: Annotated[str, typer.Argument(help=_("标签的代码或名称"))] = "",
    health: Annotated[bool, typer.Option("--health", help=_("体检:覆盖率、准确率、稳定性等"))] = False,
    json: AsJson = False,
    book: Book = None,
) -> None:
    """Print all tags, one tag with its lineage, or with `health` the health of either."""
    with opened(chosen(book)) as workbench:
        room = workbench.insight.tags
        if code:
            body = _card(room, code, with_health=health)
            _print_card(body) if not json else print_json(body)
        elif health:
            with progress(quiet=json) as report:
                health_report = room.health(report, deep=True)
            _health(room, health_report, json=json)
        else:
            _all(room, json=json)


def _record(room: "Tags", tag: "Tag") -> TagJson:
    return {
        "code": tag.code, "column": tag.column, "name": tag.name, "label": _(tag.label), "group": tag.group,
        "group_name": room.group_name(tag.group), "layer": tag.layer, "element": tag.element, "kind": tag.kind,
        "values": dict(tag.values), "definition": _(tag.definition), "principle": _(tag.principle),
        "rule": tag.rule, "cases": [list(case) for case in tag.cases], "eligible": tag.eligible,
        "missing": tag.missing, "valid_days": tag.valid_days, "sensitivity": tag.sensitivity, "pipl": tag.pipl,
        "use": list(tag.use), "mark": tag.mark, "version": tag.version, "status": tag.status, "by": tag.by,
        "origin": tag.origin, "file": tag.file, "line": tag.line,
    }  # fmt: skip


def _all(room: "Tags", *, json: bool) -> None:
    library = room.library
    if json:
        print_json(
            {
                "library": library.version,
                "faults": [fault.as_json() for fault in library.faults],
                "tags": [_record(room, tag) for tag in library],
            }
        )
        return
    _faults(room)
    table = Table(_("代码"), _("标签"), _("层"), _("分组"), _("来源"), _("状态"))
    marks = {"S": _("课程"), "R": _("公开资料"), "D": _("通行做法"), "P": _("本系统口径")}
    states = {"live": _("上线"), "draft": _("草稿"), "stopped": _("停用")}
    for tag in sorted(library, key=lambda one: (one.group, one.layer, one.code)):
        table.add_row(
            tag.code, _(tag.label), str(tag.layer), room.group_name(tag.group), marks.get(tag.mark, tag.mark),
            states[tag.status],
        )  # fmt: skip
    out().print(table)
    say(_("共 {n} 个标签,上线 {live} 个").format(n=len(library), live=len(library.live)))


def _faults(room: "Tags") -> None:
    for fault in room.library.faults:
        complain(fault.sentence())


def _card(room: "Tags", code: str, *, with_health: bool) -> TagCardJson:
    tag = room.tag(code)
    card = room.card(tag.code, room.health() if with_health else None)
    return {
        **_record(room, tag),
        "words": [{"value": line.value, "text": line.text, "words": line.words} for line in card.lines],
        "params": [
            {"key": key, "value": value, "text": text, "mark": mark} for key, value, text, mark in card.params
        ],
        "inputs": [{"name": t.name, "label": t.label, "layer": t.layer} for t in card.inputs],
        "rests_on": [t.name for t in card.rests_on],
        "used_by": [user.code for user in card.users],
        "faults": [fault.as_json() for fault in card.faults],
        "health": cast(TagHealthJson, card.health.as_json()) if card.health else None,
    }


def _print_card(body: TagCardJson) -> None:
    say(f"{body['label']}  {body['code']}  {body['name']}")
    say(_("第 {layer} 层,{group},版本 {version}").format(
        layer=body["layer"], group=body["group_name"], version=body["version"]
    ))  # fmt: skip
    say(_("概念:{text}").format(text=body["definition"]))
    say(_("原理:{text}").format(text=body["principle"]))
    for line in body["words"]:
        rule = f"{line['value']}: {line['words']}" if line["value"] else line["words"]
        say(_("规则:{text}").format(text=rule))
    if body["mark"] == "P":
        say(_("本系统口径,可以修改。"))
    say(_("用到:{names}").format(names=commas(one["label"] for one in body["inputs"]) or "—"))
    say(_("被用于:{names}").format(names=commas(body["used_by"]) or "—"))
    for check in body["health"]["checks"] if body["health"] else ():
        say(f"  {state_word(check['state'])}  {check['reason']}")
    for fault in body["faults"]:
        complain(_("{file} 第 {line} 行:{message}").format(**fault))


def _health(room: "Tags", health: "HealthReport", *, json: bool) -> None:
    if json:
        print_json(
            {
                "month": health.month, "as_of": health.as_of, "library": room.library.version,
                "states": health.states(), "tags": [one.as_json() for one in health.tags.values()],
                "contradictions": [one.as_json() for one in health.contradictions],
                "faults": [fault.as_json() for fault in room.library.faults],
            }
        )  # fmt: skip
        return
    _faults(room)
    table = Table(_("标签"), _("结论"), _("覆盖率"), _("要看的"))
    for one in health.tags.values():
        reasons = [check.reason for check in noted(one.checks)]
        covered = one.check("coverage").value
        share = "—" if covered is None else f"{covered:.0%}"
        table.add_row(_(room.tag(one.code).label), state_word(one.state), share, "\n".join(reasons))
    out().print(table)
    states = health.states()
    words = commas(f"{state_word(state)} {count}" for state, count in states.items() if count)
    say(_("数据日期 {as_of}:{words}").format(as_of=health.as_of, words=words))
    for clash in health.contradictions:
        if clash.customers:
            say(_("矛盾:{text},{n} 户").format(text=_(clash.text), n=f"{clash.customers:,}"))
