"""Journey cards on paper (domain 3): half an A4 each, front and back, masked, dated; two an A4 to be printed on both sides and
cut, or one to be folded."""

import re
from collections.abc import Iterator, Sequence

from workbench.base.i18n import _
from workbench.insight.portrait.card_source import JourneyLine, JourneySection
from workbench.insight.portrait.journey_card import JourneyCard
from workbench.sheets.content import typeset
from workbench.sheets.papers import CardBlock, CardRow, CardSide, CardsPaper
from workbench.sheets.printed import SheetKind

FIELDS = ("name_masked", "customer_no_tail", "tier", "aum", "tags", "products", "touches", "note", "reason")
CARDS_PDF = SheetKind("journey_pdf", FIELDS, "pack")

#: section -> the column where it begins: 0 and 1 on the front, 2 and 3 on the back
_PLACES = {
    "next": 0, "entered": 0, "standing": 0, "forbidden": 1, "gene": 1, "tasks": 2, "hook": 2, "history": 2, "holdings": 3,
    "touches": 3,
}  # fmt: skip
#: sections whose lines begin with what matters, the reason behind it
_LED = frozenset({"next", "entered", "forbidden", "gene", "hook"})
#: width of a row that stays together, in Latin letters; a longer one may go on in the next column
_ROW = 300
_CLAUSE = re.compile(r"[^;；。,，]*[;；。,，]?")


def cards_paper(sides: Sequence[CardSide], codes: Sequence[str], *, folded: bool) -> CardsPaper:
    """The sheet of some cards; `codes`: what a result may be, none where none comes back; `folded`: one an A4."""
    hint = (
        _("沿虚线向后对折:正面朝外,上下翻过来看背面")
        if folded
        else _("双面打印,沿长边翻转;再沿虚线裁开,每页两张卡")
    )
    return {
        "title": _("旅程卡"),
        "folded": folded,
        "hint": typeset(hint),
        "blank": typeset(_("此页留白:后面的旅程卡双面打印,从正面开始。")),
        "front": _("正面"),
        "back": _("背面"),
        "more": _("(续)"),
        "result": _("结果"),
        "codes": [*codes],
        "signs": [_("客户经理签字"), _("主管签字"), _("日期")],
        "jotting": _("手记"),
        "nobody": typeset(_("本周名单上没有客户,没有旅程卡可印。")),
        "cards": [*sides],
    }


def card_side(card: JourneyCard, notes: Sequence[str], number: str = "") -> CardSide:
    """A card made for paper; `notes`: what the paper cannot show of it; `number` of its row."""
    ordered = sorted(card.sections, key=lambda one: list(_PLACES).index(one.key))
    return {
        "number": number,
        "name": card.name,
        "about": typeset(
            " · ".join(filter(None, [_("客户号 {tail}").format(tail=card.customer_no), card.level]))
        ),
        "stage": card.stage or _("阶段未知"),
        "since": typeset(card.since),
        "warnings": [*filter(None, [typeset(card.aged)]), *notes],
        "blocks": [_block(one, card.day) for one in ordered],
    }


def _block(section: JourneySection, day: str) -> CardBlock:
    dated = _("截至 {date}").format(date=section.dated) if section.dated else ""
    rows = [row for line in section.lines for row in _rows(line, section.key, day)]
    return {"place": _PLACES[section.key], "title": section.title, "dated": dated, "rows": rows}


def _rows(line: JourneyLine, key: str, day: str) -> Iterator[CardRow]:
    """A line as rows none of which is too long to stand together in a column."""
    tick = {"done": 1, "open": 0, "late": 0}.get(line.state, -1)
    text, *more = _pieces(typeset(line.text))
    aside = typeset(line.aside)
    first, *later = _pieces(aside, max(_ROW - _width(text), _ROW // 4)) if not more else [""]
    strong = key in _LED and bool(line.aside or line.date)
    yield {"tick": tick, "strong": strong, "when": _when(line, key, day), "text": text, "aside": first}
    for piece in more:
        yield {"tick": -1, "strong": strong, "when": "", "text": piece, "aside": ""}
    for piece in _pieces(aside) if more and aside else later:
        yield {"tick": -1, "strong": False, "when": "", "text": "", "aside": piece}


def _pieces(text: str, first: int = _ROW) -> list[str]:
    """A text in pieces at the ends of its clauses; a clause that is too long by itself is cut anywhere."""
    made, room = [""], first
    for clause in _CLAUSE.findall(text):
        while _width(clause) > _ROW:
            made.append(clause[: _ROW // 2])
            clause, room = clause[_ROW // 2 :], _ROW
        if made[-1] and _width(made[-1]) + _width(clause) > room:
            made.append("")
            room = _ROW
        made[-1] += clause
    return [one for one in made if one.strip()] or [""]


def _width(text: str) -> int:
    """The width of a text in Latin letters; a Chinese sign is two."""
    return sum(2 if sign > "\u2e7f" else 1 for sign in text)


def _when(line: JourneyLine, key: str, day: str) -> str:
    """The day of a line in words, its year where it is not this one."""
    if not line.date:
        return ""
    date = line.date.removeprefix(f"{day[:4]}-")
    match key:
        case "touches":
            return date
        case "holdings":
            past = line.date < day
            return (_("{date}已到期") if past else _("{date}到期")).format(date=date)
        case _ if line.state == "done":
            return _("{date}做完").format(date=date)
        case _ if line.state == "late":
            return _("{date}已过期").format(date=date)
    return _("{date}前").format(date=date)


def card_cells(card: JourneyCard) -> list[str]:
    """A card as the cells of a row: who, the stage, each section."""
    sections = [_cell(one, card.day) for one in card.sections]
    # as all lists name a customer, by which a filled row is recognised
    whom = f"{card.name} {card.customer_no.lstrip('*')}".strip()
    return [whom, "\n".join(filter(None, [card.stage, card.since])), *sections]


def _cell(section: JourneySection, day: str) -> str:
    lines = (
        " ".join(filter(None, [_when(one, section.key, day), typeset(one.text), typeset(one.aside)]))
        for one in section.lines
    )
    return "\n".join(lines)
