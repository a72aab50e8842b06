"""A paper of every kind that comes back, typeset in one go: who stands on them is of no account, where their boxes stand is."""

from dataclasses import replace
from functools import cache

from tests.workbench.sheets.year_made import material_of, touches_of, year_of
from workbench.outreach.results.handed_sheet import HandedSheet, SheetRow
from workbench.sheets.month_plan import month_part
from workbench.sheets.pack.coded import coded

MARK = "1a2b3c4d5e6f"
_DIGITS = [*"1234567890"]
_HEAD = {
    "title": "单子",
    "week": "第 47 周",
    "span": "2026-11-16 — 11-20",
    "draft": "",
    "warnings": [],
    "nobody": "",
}
_LEGEND = ["1 接通有意向  2 接通考虑  3 接通拒绝  4 未接  5 空号  6 勿扰  7 已约  8 已到  9 成交  0 转介"]


def _call(n: int) -> dict[str, object]:
    return {
        "number": str(n), "customer": "王** 1234", "phone": "138****1234", "row": "5-1", "word": "橙灯",
        "amount": "比高点少 12.3万", "pin": "", "last": ["10-30", "已联系"], "address": "云山路 8 号", "when": "",
    }  # fmt: skip


def _day(n: int) -> dict[str, object]:
    words = {
        "why": "月日均两个月少了三成",
        "others": "另:临界降级",
        "say": "问近况",
        "dont": "不提 R3 及以上的产品",
    }
    return {**_call(n), **words, "last": "10-30 已到"}


def _critical(n: int) -> dict[str, object]:
    return {
        **_call(n), "due": "11-18", "weekday": "周三", "tier": "贵宾", "sentence": "距优质门槛还差 4,000(92%)",
        "others": [], "action": "报清差额和上一级的权益", "dont": "",
    }  # fmt: skip


def _plan_row(n: int) -> dict[str, object]:
    return {
        "number": f"5-{n}", "method": "到期的钱问一句去向", "carried": "", "count": "8 户", "place": "见电访单 1-8 号",
        "customers": [], "basis": "已到期 8 户", "action": "问清续了没有", "script": "", "done": "8 户问清", "due": "11-18",
        "weekday": "周三", "ticked": -1,
    }  # fmt: skip


def _plan() -> dict[str, object]:
    words = (
        "branch",
        "manager",
        "capacity",
        "five",
        "five_hint",
        "three",
        "three_hint",
        "one",
        "one_hint",
        "notes",
        "jotting",
    )
    words += ("deadline", "yes", "no", "last_week", "carried", "signature")
    heads = {"five_heads": ["方法"] * 7, "three_heads": ["动作"] * 5, "one_heads": ["事项"] * 4}
    return {
        **_HEAD, "branch": "城东", "manager": "李敏", "capacity": "电话 59/60", "five": [_plan_row(n) for n in range(1, 6)],
        "three": [], "one": [], "notes": [], "last_week": "", "carried": "",
        "labels": {**dict.fromkeys(words, "字"), **heads, "marks": ["✓", "½", "×"]},
    }  # fmt: skip


def _card(n: int) -> dict[str, object]:
    row = {"tick": 0, "strong": True, "when": "11-18前", "text": "致电问近况", "aside": ""}
    return {
        "number": str(n), "name": "王**", "about": "客户号 **1234", "stage": "J4 防降期", "since": "", "warnings": [],
        "blocks": [{"place": place, "title": "任务", "dated": "截至 2026-10-31", "rows": [row] * 3} for place in range(4)],
    }  # fmt: skip


def _cards() -> dict[str, object]:
    return {
        **_HEAD, "folded": False, "hint": "沿虚线裁开", "blank": "此页留白", "front": "正面", "back": "背面", "more": "(续)",
        "result": "结果", "codes": _LEGEND[0].split("  "), "signs": ["经理签字", "主管签字", "日期"],
        "jotting": "手记", "cards": [_card(1), _card(2)],
    }  # fmt: skip


@cache
def papers() -> tuple[bytes, tuple[HandedSheet, ...]]:
    """The PDF, and its sheets with their pages: calls (2 pages), day, critical, outing, plan, month, cards."""
    listed = {**_HEAD, "codes": _DIGITS, "legend": _LEGEND, "says": "共 30 户"}
    touches = touches_of(per_day=3)
    month = month_part(material_of(year_of(touches=touches), touches), "2026-09")
    calls = [[_call(n) for n in range(1, 19)], [_call(n) for n in range(19, 31)]]
    day = {
        "says": ["今日"],
        "heads": ["列"] * 5,
        "last": "上次",
        "next": "下次",
        "rows": [_day(n) for n in range(1, 9)],
    }
    critical = {
        "about": ["李敏"],
        "counts": "共 9 户",
        "notes": [],
        "rows": [_critical(n) for n in range(1, 10)],
    }
    areas = [{"label": "云山路", "about": "6 户", "lines": [_call(n) for n in range(1, 7)]}]
    made: tuple[tuple[str, dict[str, object], int], ...] = (
        ("calls", {**listed, "heads": ["列"] * 7, "pages": calls}, 30),
        ("day", {**listed, **day}, 8),
        ("critical", {**listed, "heads": ["列"] * 7, **critical}, 9),
        ("outing", {**listed, "heads": ["列"] * 6, "unplaced": "", "areas": areas}, 6),
        ("plan", _plan(), 5),
        ("month", dict(month.paper), len(month.rows)),
        ("cards", _cards(), 2),
    )
    sheets, parts = [], []
    for place, (template, paper, rows) in enumerate(made):
        number = f"261116-0812{place:02d}" if place else "261116-081200-13"
        sheets.append(
            HandedSheet(
                number,
                f"{template}_pdf",
                "2026-W47",
                "",
                "",
                tuple(SheetRow(n, "1") for n in range(1, rows + 1)),
                1,
            )
        )
        frame = {
            "footer": ["数据日期 2026-10-31", "打印人 李敏"], "number": f"编号 {number}", "destroy": "2026-12-16 前销毁",
            "page": "第 {n} / {all} 页", "watermark": f"李敏 {number}", "sheet": place, "coded": True,
        }  # fmt: skip
        parts.append({**paper, "part": template, "frame": frame})
    pdf, pages = coded("pack", {"lang": "zh", "title": "单子", "parts": parts}, MARK, sheets)
    return pdf, tuple(replace(sheet, pages=its) for sheet, its in zip(sheets, pages, strict=True))
