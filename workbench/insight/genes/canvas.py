"""The battle map (作战画布) of a segment (domain 2.3): twelve boxes filled from the book; the manager may rewrite six."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, case, func, select

from db.known import canvases
from workbench.base.dates import now
from workbench.base.errors import WorkbenchError
from workbench.base.expressions import Expr
from workbench.base.i18n import _, bracketed, commas, headed
from workbench.base.money import wan
from workbench.insight.genes.data import Segment, canvas_words, segments
from workbench.insight.language.check import check
from workbench.insight.language.compile import where
from workbench.insight.language.parse import parse
from workbench.insight.tags.layers import Layers
from workbench.insight.tags.resolver import LayerResolver
from workbench.people.consent import counted
from workbench.people.consent_rule import CODES
from workbench.people.red_words import lines_in_force
from workbench.rules.parameters import Rules
from workbench.rules.red_lines import hold

#: Boxes in the order of the page, and those that a person may rewrite.
BOXES = (
    "definition", "portrait", "pains", "hooks", "combo", "benefits", "channels", "scripts", "nodes", "goals",
    "limits", "review",
)  # fmt: skip
EDITABLE = frozenset(BOXES[2:8])
_LONGEST = 600


@dataclass(frozen=True, slots=True)
class BoxEvidence:
    """A figure of the book beside a box: the words with the number, None if no list tells it, and its condition."""

    text: str
    number: int | None
    where: str


@dataclass(frozen=True, slots=True)
class Box:
    """One of the twelve boxes. `lines` are shown: the program's (`machine`), or a person's if `edited`."""

    key: str
    number: int
    title: str
    lines: tuple[str, ...]
    machine: tuple[str, ...]
    edited: bool
    editable: bool
    evidence: tuple[BoxEvidence, ...] = ()


@dataclass(frozen=True, slots=True)
class BattleMap:
    """A battle map. `owner` is 责任人, '' if nobody is named; `edited_at` is the local time of the last change by hand."""

    segment: str
    name: str
    positioning: str
    as_of: str
    customers: int
    aum_fen: int
    where: str
    owner: str
    edited_at: str | None
    boxes: tuple[Box, ...]


def titles() -> dict[str, str]:
    """Key of a box -> its title in the language in use."""
    return {
        "definition": _("人群定义与规模"), "portrait": _("画像三句话"), "pains": _("痛点与未满足需求"),
        "hooks": _("钩子产品"), "combo": _("主推组合"), "benefits": _("权益与活动"), "channels": _("渠道与场所"),
        "scripts": _("话术要点"), "nodes": _("年度节点"), "goals": _("目标与责任人"), "limits": _("资源与禁区"),
        "review": _("复盘栏"),
    }  # fmt: skip


def segment_of(code: str) -> Segment:
    """A segment by its code, or by its name in Chinese or the language in use. Raises WorkbenchError no_such_segment."""
    for one in segments():
        if code.strip() in (one.code, one.name, _(one.name)):
            return one
    raise WorkbenchError(
        "no_such_segment",
        _("没有“{code}”这个客群。").format(code=code),
        _("可以用:{codes}。").format(codes=commas(f"{one.code}({_(one.name)})" for one in segments())),
    )


def canvas(conn: Connection, layers: Layers, rules: Rules, one: Segment) -> BattleMap:
    """The battle map of a segment by the newest month; in boxes 3 to 8 a person's words replace the program's."""
    stored = conn.execute(select(canvases).where(canvases.c.segment == one.code)).first()
    written: Mapping[str, str] = json.loads(stored.boxes) if stored else {}
    owner = (stored.owner or "") if stored else ""
    figures = _figures(conn, layers, one)
    machine = _machine(one, figures, rules, owner)
    evidence = _evidence(conn, layers, one)
    boxes = []
    for number, key in enumerate(BOXES, 1):
        edited = key in EDITABLE and key in written
        lines = tuple(line for line in written[key].splitlines() if line.strip()) if edited else machine[key]
        boxes.append(
            Box(
                key, number, titles()[key], lines, machine[key], edited, key in EDITABLE,
                evidence if key == "pains" else (),
            )
        )  # fmt: skip
    return BattleMap(
        one.code, _(one.name), _(one.positioning), layers.as_of, figures["customers"], figures["aum"], one.column,
        owner, stored.at if stored else None, tuple(boxes),
    )  # fmt: skip


# -- figures -------------------------------------------------------------------------------------------------------

_MEANS = ("age", "families", "demand_share")
_SHARES = {
    "women": "gender = '女'", "top": "tower = top", "waist": "tower = waist", "base": "tower = base",
    "quiet": "days_since_talk >= 90", "unlogged": "familiarity is missing",
    **{code: f"barred = {code}" for code in CODES},
}  # fmt: skip


def _figures(conn: Connection, layers: Layers, one: Segment) -> dict[str, Any]:
    """Counts, sums (fen) and means of the segment, with those of the book beside them. A mean or count is None where its
    column tells nothing of the segment."""
    resolver = LayerResolver(layers, conn)
    flag, aum = layers.column(one.column), layers.column("balance")
    hit = flag == 1
    columns: dict[str, Expr] = {
        "customers": func.sum(case((hit, 1), else_=0)),
        "judged": func.sum(case((flag.is_not(None), 1), else_=0)),
        "total": func.count(),
        "aum": func.sum(case((hit, func.coalesce(aum, 0)), else_=0)),
        "total_aum": func.sum(func.coalesce(aum, 0)),
    }
    columns |= {name: func.avg(case((hit, layers.column(name)))) for name in _MEANS}
    for name, text in _SHARES.items():
        condition = where(check(parse(text), layers.vocabulary), resolver)
        columns[name] = func.sum(case((hit & condition, 1), (hit & condition.is_not(None), 0)))
    source = layers.source({one.column, "balance", *_MEANS, *resolver.names})
    row = conn.execute(select(*(e.label(name) for name, e in columns.items())).select_from(source)).one()
    figures = dict(row._mapping)
    return figures | {
        name: int(figures[name] or 0) for name in ("customers", "judged", "total", "aum", "total_aum")
    }


def _evidence(conn: Connection, layers: Layers, one: Segment) -> tuple[BoxEvidence, ...]:
    """How many customers of the segment meet each condition of evidence; None where it can be judged for nobody."""
    resolver = LayerResolver(layers, conn)
    hit = layers.column(one.column) == 1
    counts: list[Expr] = []
    for _words, text in one.evidence:
        condition = where(check(parse(text), layers.vocabulary), resolver)
        counts.append(func.sum(case((hit & condition, 1), (hit & condition.is_not(None), 0))))
    row = conn.execute(select(*counts).select_from(layers.source({one.column, *resolver.names}))).one()
    return tuple(
        BoxEvidence(
            _(words).format(n="—") + _("(缺字段)") if number is None else _(words).format(n=f"{number:,}"),
            number,
            f"{one.column} and ({text})",
        )
        for (words, text), number in zip(one.evidence, row, strict=True)
    )


# -- what the program says -----------------------------------------------------------------------------------------


def _machine(one: Segment, f: Mapping[str, Any], rules: Rules, owner: str) -> dict[str, tuple[str, ...]]:
    words = canvas_words()
    texts = {
        key: tuple(_(text) for text in getattr(one, key))
        for key in ("hooks", "combo", "benefits", "channels", "scripts", "pains")
    }
    nodes = tuple(headed(_month_words(months), _(what)) for months, what in one.nodes)
    limits = (
        *(_(text) for text in one.taboos),
        *(_(text) for text in words["resources"]),
        *_excluded(f, rules),
    )
    return texts | {
        "definition": _scale(one, f),
        "portrait": _portrait(one, f),
        "nodes": nodes,
        "goals": _goals(f, rules, owner),
        "limits": limits,
        "review": tuple(_(text) for text in words["review"]),
    }


def _month_words(months: str) -> str:
    return _(months) if not months[0].isdigit() else _("{months} 月").format(months=months)


def _scale(one: Segment, f: Mapping[str, Any]) -> tuple[str, ...]:
    number, aum = f["customers"], f["aum"]
    lines = [
        _("{definition}。").format(definition=_(one.definition)),
        _("{n} 户,资产 {aum},户均 {mean}").format(
            n=number, aum=wan(aum), mean=wan(round(aum / number) if number else None)
        ),
    ]
    if f["total"]:
        share = f["aum"] / f["total_aum"] if f["total_aum"] else 0.0
        lines.append(
            _("占客户 {customers:.1%},占资产 {aum:.1%}").format(customers=number / f["total"], aum=share)
        )
    if f["judged"] < f["total"]:
        lines.append(_("另有 {n} 户无法判断(缺字段)").format(n=f["total"] - f["judged"]))
    return tuple(lines)


def _portrait(one: Segment, f: Mapping[str, Any]) -> tuple[str, ...]:
    """The three sentences of the segment, each followed by the book's figures for it in brackets."""
    number = f["customers"]
    by_line: list[list[str]] = [[], [], []]
    if number:
        if f["age"] is not None:
            by_line[0].append(_("平均 {age:.0f} 岁").format(age=f["age"]))
        if f["women"] is not None:
            by_line[0].append(_("女性 {share:.0%}").format(share=f["women"] / number))
        if f["top"] is not None:
            by_line[1].append(
                _("塔尖 {top}、塔腰 {waist}、塔基 {base} 户").format(
                    top=f["top"], waist=f["waist"], base=f["base"]
                )
            )
        if f["demand_share"] is not None:
            by_line[1].append(_("活期平均占 {share:.0%}").format(share=f["demand_share"]))
        if f["families"] is not None:
            by_line[2].append(_("人均持有 {n:.1f} 类产品").format(n=f["families"]))
        if f["unlogged"]:
            by_line[2].append(_("{n} 户没有联系记录").format(n=f["unlogged"]))
        elif f["quiet"] is not None:
            by_line[2].append(_("{n} 户 90 天没有双向沟通").format(n=f["quiet"]))
    return tuple(
        bracketed(_(text), commas(figures)) if figures else _(text)
        for text, figures in zip(one.portrait, by_line, strict=True)
    )


def _goals(f: Mapping[str, Any], rules: Rules, owner: str) -> tuple[str, ...]:
    share, reach = rules.number("canvas.growth"), rules.number("canvas.reach")
    return (
        _("规模:本季净增 {aum}(现有资产的 {share:.0%})").format(
            aum=wan(round(f["aum"] * share)), share=share
        ),
        _("客户:面谈或双向沟通 {n} 户({share:.0%})").format(n=round(f["customers"] * reach), share=reach),
        _("中收:________ 万"),
        _("责任人:{owner}").format(owner=owner or "________"),
    )


def _excluded(f: Mapping[str, Any], rules: Rules) -> tuple[str, ...]:
    out = counted({code: f[code] or 0 for code in CODES}, rules)
    return (_("不列入:{what}").format(what=out),) if out else ()


# -- what a person writes ------------------------------------------------------------------------------------------


def rewritten(conn: Connection, code: str, box: str, text: str | None) -> tuple[int | None, dict[str, Any]]:
    """(id of the segment's row or None, its new values) with one box in a person's words; None or blanks take them out.

    Raises WorkbenchError box_fixed, box_too_long, red_line.
    """
    if box not in EDITABLE:
        raise WorkbenchError(
            "box_fixed",
            _("这一格由账本自动填写,不能改。"),
            _("可以改的是:{boxes}。").format(boxes=commas(titles()[b] for b in BOXES if b in EDITABLE)),
        )
    written = (text or "").strip()
    if len(written) > _LONGEST:
        raise WorkbenchError(
            "box_too_long",
            _("写了 {n} 个字,一格最多 {most} 个字。").format(n=len(written), most=_LONGEST),
            _("请缩短后再保存。"),
        )
    hold(written, titles()[box], lines_in_force(conn))
    stored = conn.execute(select(canvases).where(canvases.c.segment == code)).first()
    boxes: dict[str, str] = json.loads(stored.boxes) if stored else {}
    boxes.pop(box, None)
    if written:
        boxes[box] = written
    body = {"boxes": json.dumps(boxes, ensure_ascii=False, sort_keys=True), "at": now()}
    return (stored.id if stored else None), body
