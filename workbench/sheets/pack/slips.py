"""资源申请单: a slip for each of the three that asks for something: what is asked of whom, and room for the answer (domain 5)."""

from typing import TypedDict

from workbench.base.i18n import _
from workbench.outreach.draft import PlanItem
from workbench.outreach.requests import ResourceRequest
from workbench.sheets.content import counted, place_on_calls, weekday
from workbench.sheets.pack.material import WeekMaterial
from workbench.sheets.pack.part import Grid, Part, heading


class Slip(TypedDict):
    """A request; `answer`: 'yes', 'no' or '' for none yet."""

    number: str
    action: str
    kind: str
    quantity: str
    whom: str
    why: str
    people: str
    done: str
    due: str
    weekday: str
    fallback: str
    applied: str
    answer: str


def slips(material: WeekMaterial) -> tuple[Part, ...]:
    """The slips of the three that ask for something, on one page; none where nothing is asked for."""
    plan = material.plan
    requests = material.outreach.requests.of(plan.week)
    made = [
        _slip(item, f"3-{number}", material, requests.get(item.id or 0, ResourceRequest(0)))
        for number, item in enumerate(plan.needs_resources, 1)
        if item.asks
    ]
    if not made:
        return ()
    head = heading(_("资源申请单"), plan.week)
    words = _labels()
    aged = plan.fresh.sentence if plan.fresh else ""
    paper = {
        **head, "slip": _("申请"), "draft": _("草稿 · 未确认") if plan.draft else "",
        "manager": material.clean(plan.manager), "labels": words, "slips": made,
        "warnings": list(filter(None, [material.clean(aged)])),
    }  # fmt: skip
    heads = [
        _("531"), _("动作"), words["resource"], words["quantity"], words["whom"], words["why"], words["people"],
        words["done"], words["due"], words["fallback"], words["applied"], words["answer"],
    ]  # fmt: skip
    grid = Grid(
        _("资源申请"), f"{head['title']}  {head['week']}  {head['span']}", [], heads,
        (6, 20, 12, 24, 16, 28, 18, 20, 8, 24, 12, 12),
        [_cells(one, words) for one in made],
        landscape=True,
    )  # fmt: skip
    fields = ("totals",)
    return (Part("slips", "slips", head["title"], paper, fields, 0, plan.data_date, grids=(grid,)),)


def _slip(item: PlanItem, number: str, material: WeekMaterial, request: ResourceRequest) -> Slip:
    clean = material.clean
    kind, quantity, whom = split_resource(item.resource)
    people = " ".join(filter(None, [counted(item), place_on_calls(number, material.listing)]))
    return {
        "number": number, "action": clean(item.method), "kind": clean(kind), "quantity": clean(quantity),
        "whom": clean(whom), "why": clean(item.basis), "people": people or _("不涉及客户"),
        "done": clean(item.done_when), "due": item.due[5:], "weekday": weekday(item.due),
        "fallback": clean(item.fallback), "applied": request.applied, "answer": request.answer,
    }  # fmt: skip


def split_resource(text: str) -> tuple[str, str, str]:
    """What a row needs as (kind, quantity, whom to ask): '额度:大额存单 30万;找行长' -> ('额度', '大额存单 30万', '行长'); what
    cannot be told apart is the quantity."""
    wanted, mark, whom = text.replace("；", ";").replace("：", ":").rpartition(";")
    if not mark:
        wanted, whom = whom, ""
    kind, colon, quantity = wanted.partition(":")
    if not colon:
        kind, quantity = "", wanted
    return kind.strip(), quantity.strip(), whom.strip().removeprefix(_("找")).strip()


def _labels() -> dict[str, str]:
    return {
        "resource": _("资源"), "quantity": _("数量"), "whom": _("找谁"), "why": _("为什么"), "people": _("对象"),
        "done": _("完成标准"), "due": _("截止"), "fallback": _("若不批"), "by": _("申请人"),
        "applied": _("申请日期"), "answer": _("批复"), "yes": _("同意"), "no": _("不批"), "note": _("意见"),
        "signature": _("签字"),
    }  # fmt: skip


def _cells(slip: Slip, words: dict[str, str]) -> list[str]:
    return [
        slip["number"], slip["action"], slip["kind"], slip["quantity"], slip["whom"], slip["why"], slip["people"],
        slip["done"], slip["due"], slip["fallback"], slip["applied"], words.get(slip["answer"], ""),
    ]  # fmt: skip
