"""The battle map of a segment on one landscape page (domain 2.3): twelve boxes, black-and-white safe."""

from typing import Literal

from workbench.base.dates import now
from workbench.base.i18n import _, language
from workbench.base.money import wan
from workbench.insight.genes.canvas import BattleMap, Box
from workbench.people.privacy import Cover
from workbench.sheets.content import printed_words, typeset
from workbench.sheets.papers import CanvasBox, CanvasPaper
from workbench.sheets.printed import Printed, SheetKind, typeset_as

Paper = Literal["a4", "a3"]
#: A battle map names nobody, but words that a person wrote may hold a phone or an id number.
_COVER = Cover(())


CANVAS_PDF = SheetKind("canvas_pdf", ("totals",), "canvas")


def canvas_pdf(
    canvas: BattleMap, *, paper: Paper = "a4", printed_by: str = "", branch: str = "", anchor: str = ""
) -> Printed:
    """The battle map as one landscape page of A4 or A3; texts too long for their box are cut with a mark."""
    filled = content(canvas, paper=paper, printed_by=printed_by, branch=branch, anchor=anchor)
    return typeset_as(CANVAS_PDF, filled, _("作战画布-{name}").format(name=canvas.name), 0)


def content(
    canvas: BattleMap, *, paper: Paper, printed_by: str, branch: str, anchor: str = ""
) -> CanvasPaper:
    """The page as plain values, in the language in use."""
    return {
        "lang": language(),
        "paper": paper,
        "title": _("作战画布"),
        "segment": canvas.name,
        "positioning": typeset(canvas.positioning),
        "size": typeset(_("{n} 户 · 资产 {aum}").format(n=f"{canvas.customers:,}", aum=wan(canvas.aum_fen))),
        "edited": _("手写"),
        "cut": _("(没印完,全文见屏幕)"),
        "boxes": [_box(box) for box in canvas.boxes],
        "footer": [
            _("数据日期 {date}").format(date=canvas.as_of),
            *([_("网点 {branch}").format(branch=branch)] if branch else []),
            _("打印人 {name}").format(name=printed_by or "—"),
            printed_words(now(), anchor),
            _("本系统口径 · 内部资料"),
        ],
    }


def _box(box: Box) -> CanvasBox:
    return {
        "number": str(box.number),
        "title": box.title,
        "edited": box.edited,
        "lines": [_clean(line) for line in box.lines],
        "evidence": [_clean(one.text) for one in box.evidence],
    }


def _clean(text: str) -> str:
    return typeset(_COVER(" ".join(text.split())))
