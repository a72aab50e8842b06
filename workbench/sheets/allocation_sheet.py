"""配置建议: the four pots of one customer on one A4 page, masked (domain 8.2, 8.3)."""

from collections.abc import Callable, Sequence

from workbench.base.day_words import short_day
from workbench.base.i18n import _, bracketed, commas, language, semicolons, sentences
from workbench.base.money import exact_yuan, wan
from workbench.insight.allocation.allocation import Allocation
from workbench.insight.allocation.combos import Combo
from workbench.insight.allocation.gaps import BandGap
from workbench.insight.allocation.ladder import TermLadder
from workbench.insight.allocation.taboos import TabooCheck
from workbench.people.privacy import Cover, print_name, tail
from workbench.rules.parameters import Rules
from workbench.sheets.content import printed_words, typeset
from workbench.sheets.papers import AllocationPaper, BandBar, PaperCheck, PaperLine, PaperTable
from workbench.sheets.printed import Printed, SheetKind, typeset_as

ALLOCATION_PDF = SheetKind(
    "allocation_pdf", ("name_masked", "customer_no_tail", "aum", "risk", "reason"), "allocation"
)
_Clean = Callable[[object], str]
#: so many checks that cannot be told stand in one line
_TOGETHER = 3


def allocation_pdf(content: AllocationPaper, customer_no: str) -> Printed:
    """The page of `allocation_content` as PDF: exactly one A4 page."""
    return typeset_as(ALLOCATION_PDF, content, _("配置建议_{tail}").format(tail=tail(customer_no)), 1)


def allocation_content(
    made: Allocation, rules: Rules, *, printed_by: str, printed_at: str, number: str, anchor: str = ""
) -> AllocationPaper:
    """The page as plain values; `number`: of the print, for the watermark."""
    cover = Cover([(made.name, made.customer_no)])

    def clean(text: object) -> str:
        """A text masked and typeset."""
        return typeset(cover(" ".join(str(text).split())))

    class_words = made.package.name if made.package else _("没有有效风评")
    present = made.present
    return {
        "lang": language(),
        "title": _("配置建议"),
        "name": print_name(made.name),
        "about": clean(
            " · ".join(
                (
                    _("客户号 **{tail}").format(tail=tail(made.customer_no)),
                    class_words,
                    _("数据日期 {date}").format(date=made.as_of or _("无")),
                )
            )
        ),
        "alarm": clean(sentences(filter(None, (made.barred, made.untested)))),
        "pots_title": typeset(_("四笔钱:现在与区间")),
        "pots_note": clean(_("可配置资产 {sum}").format(sum=wan(present.base))) if present else "",
        "heads": [_("类别"), _("现在"), "", _("配置区间"), _("判断")],
        "bars": [] if made.blind else [band_bar(one, clean) for one in made.gaps],
        "cover": clean(made.cover.sentence) if made.cover else "",
        "cover_title": rules.text("alloc.band.cover"),
        "notes": [clean(one) for one in made.notes],
        "moves_title": typeset(_("可以谈的(先用到期和进账的钱)")),
        "moves": [
            {"head": "", "text": clean(one.sentence), "aside": clean(commas(one.slot.cautions))} for one in made.moves
        ],
        "no_moves": _("没有建议") if not made.barred else _("现在不给建议"),
        "combo": _combo(made.combo, clean) if made.combo else None,
        "ladder": _ladder(made, clean),
        "checks_title": _("组合八项检查"),
        "checks": _checks(made.taboos, clean),
        "jotting": _("会谈记录"),
        "risks": [clean(rules.text(f"alloc.risk{n}")) for n in (1, 2, 3)],
        "footer": [
            _("数据日期 {date}").format(date=made.as_of or _("无")),
            _("打印人 {name}").format(name=printed_by or "—"),
            printed_words(printed_at, anchor),
            _("本系统口径 · 内部资料"),
        ],
        "watermark": typeset(
            _("编号 {number} · 面谈准备用,不交给客户;会后请销毁").format(number=number)
        ),
    }  # fmt: skip


def band_bar(one: BandGap, clean: _Clean) -> BandBar:
    """A band with its bar: shares of 1, -1 where they are not known."""
    return {
        "name": one.name,
        "what": clean(one.what),
        "share": one.share_words,
        "least": -1 if one.least is None else one.least,
        "most": -1 if one.most is None else one.most,
        "low": -1 if one.range_ is None else one.range_.low,
        "high": -1 if one.range_ is None else one.range_.high,
        "range": one.range_.words if one.range_ else "—",
        "verdict": clean(one.sentence),
        "strong": one.outside,
    }


def check_of(one: TabooCheck, clean: _Clean) -> PaperCheck:
    """A check with its mark: a shape and a word, no colour."""
    marks = {"hit": _("■ 要改"), "no": _("○ 没问题"), "unknown": _("? 无法判断")}
    return {
        "mark": marks[one.state], "name": one.name, "text": clean(one.sentence), "source": clean(one.source),
        "hit": one.state == "hit",
    }  # fmt: skip


def _checks(checks: Sequence[TabooCheck], clean: _Clean) -> list[PaperCheck]:
    """The checks; several that cannot be told stand together, with what would tell them."""
    unknown = [one for one in checks if one.state == "unknown"]
    if len(unknown) < _TOGETHER:
        return [check_of(one, clean) for one in checks]
    rows = [check_of(one, clean) for one in checks if one.state != "unknown"]
    together: PaperCheck = {
        "mark": _("? 无法判断"), "name": commas(one.name for one in unknown),
        "text": clean(sentences(dict.fromkeys(one.sentence for one in unknown))), "source": "", "hit": False,
    }  # fmt: skip
    return [*rows, together]


def _combo(combo: Combo, clean: _Clean) -> PaperTable:
    title = bracketed(combo.name, combo.band_words)
    note = _("{date} 前复核").format(date=short_day(combo.review))
    return {
        "title": clean(title),
        "note": clean(note),
        "heads": [_("一笔"), _("占比"), _("金额"), _("用什么"), _("条件与退出")],
        "rows": combo_rows(combo, clean, money=True),
        "below": [clean(f"{n} {words}") for n, words in enumerate(combo.says, 1)],
    }


def combo_rows(combo: Combo, clean: _Clean, *, money: bool) -> list[list[str]]:
    """The lines of a combo as rows; `money`: with amounts."""
    rows = []
    for line in combo.lines:
        filled = commas(dict.fromkeys(slot.words or slot.why for slot in line.slots))
        share = "—" if line.share is None else f"{line.share:.0%}"
        amount = [wan(line.amount) if line.amount else "—"] if money else []
        aside = f" {line.aside}" if line.aside else ""
        rows.append(
            [
                clean(one)
                for one in (line.name, share, *amount, filled + aside, semicolons((line.terms, line.exit)))
            ]
        )
    return rows


def _ladder(made: Allocation, clean: _Clean) -> PaperTable | None:
    ladder = made.combo.ladder if made.combo else made.ladder
    if ladder is None or not ladder.rungs:
        return None
    title = made.ladder_words.rstrip(":") or _("阶梯:分几份到期")
    return ladder_table(ladder, title, clean)


def ladder_table(ladder: TermLadder, title: str, clean: _Clean) -> PaperTable:
    """A ladder as a table with its days, and which part comes back in which quarter."""
    quarters = commas(
        _("第 {n} 季 {parts}").format(n=n, parts="+".join(str(place + 1) for place in places) or "—")
        for n, places in enumerate(ladder.quarters, 1)
    )
    below = [_("到期后各按原期限续:{quarters}(数字是第几份)").format(quarters=quarters)]
    if ladder.notice:
        below.append(ladder.notice)
    return {
        "title": clean(title),
        "note": clean(_("{date} 放入").format(date=ladder.begins)),
        "heads": [_("份"), _("期限"), _("金额(元)"), _("到期日"), _("用什么")],
        "rows": [
            [clean(one) for one in (
                str(n), _("{n} 个月").format(n=rung.months), exact_yuan(rung.fen), rung.matures,
                rung.slot.words or rung.slot.why,
            )]
            for n, rung in enumerate(ladder.rungs, 1)
        ],
        "below": [clean(one) for one in below],
    }  # fmt: skip


def lines_of(pairs: Sequence[tuple[str, str]], clean: _Clean) -> list[PaperLine]:
    """(head, text) pairs as lines."""
    return [{"head": clean(head), "text": clean(text), "aside": ""} for head, text in pairs]
