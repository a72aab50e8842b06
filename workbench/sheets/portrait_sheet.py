"""The one page about a customer to take to a meeting: masked, labelled, in the language in use."""

from collections.abc import Iterable, Mapping, Sequence

from workbench.base.day_words import short_day
from workbench.base.i18n import _, bracketed, commas, headed, language
from workbench.base.money import wan
from workbench.insight.churn.signals.registry import CODES
from workbench.insight.measures.reconciling import FlowProblem
from workbench.insight.portrait.portrait import HoldingRow, MonthPoint, Portrait
from workbench.insight.portrait.untold import in_one_line
from workbench.insight.tags.explain import TagOnCustomer
from workbench.people.privacy import Cover, print_name, tail
from workbench.rules.parameters import Rules
from workbench.sheets.content import printed_words, typeset
from workbench.sheets.papers import BarsSection, MonthBar, PortraitPaper, Section
from workbench.sheets.printed import Printed, SheetKind, typeset_as

#: Parts of the assets stacked in the bars where the list tells them; the rest comes last.
_PARTS = ("deposit", "wealth", "fund", "insurance")
_MOST_MONTHS = 12
_TOUCHES = 5


PORTRAIT_PDF = SheetKind(
    "portrait_pdf", ("name_masked", "customer_no_tail", "aum", "tags", "reason"), "portrait"
)


def portrait_pdf(content: PortraitPaper, customer_no: str) -> Printed:
    """The page of `portrait_content` as PDF: exactly one A4 page, however much is known."""
    return typeset_as(PORTRAIT_PDF, content, _("客户画像_{tail}").format(tail=tail(customer_no)), 1)


def names(
    rules: Rules, channels: Iterable[tuple[str, str]], results: Iterable[tuple[str, str]]
) -> dict[str, str]:
    """Code -> name for the codes on the page: channels and results of contacts, and signals."""
    return {**dict(channels), **dict(results), **{code: rules.text(f"{code}.name") for code in CODES}}


def portrait_content(
    portrait: Portrait,
    words: Mapping[str, str],
    *,
    printed_by: str,
    printed_at: str,
    number: str,
    anchor: str = "",
) -> PortraitPaper:
    """The page as plain values. `words`: names of codes (see `names`); `number`: of the print, for the watermark."""
    relatives = portrait.household.relations if portrait.household else ()
    cover = Cover(
        [(portrait.name, portrait.customer_no), *((one.name, one.customer_no or "") for one in relatives)]
    )

    def clean(text: object) -> str:
        """A text masked and typeset; the names of the customer and his relatives are masked too."""
        return typeset(cover(" ".join(str(text).split())))

    def section(
        kind: str,
        title: str,
        rows: Iterable[Sequence[object]],
        *,
        columns: Sequence[str] = (),
        empty: str = "",
    ) -> Section:
        """A block of cleaned rows; `empty` is its text when there are none."""
        return {
            "kind": kind, "title": title, "note": "", "empty": empty or _("没有记录"), "columns": columns,
            "rows": [[clean(cell) for cell in row] for row in rows],
        }  # fmt: skip

    facts = {key: value for key, _label, value in portrait.facts}
    about = [
        _("客户号 **{tail}").format(tail=tail(portrait.customer_no)),
        facts.get("gender", ""),
        _("{age} 岁").format(age=facts["age"]) if facts.get("age") else "",
        portrait.by_number_words,
    ]
    lights = {"red": _("■ 红灯"), "orange": _("● 橙灯"), "yellow": _("▲ 黄灯")}
    light = lights.get((portrait.risk.light if portrait.risk else None) or "", "")
    return {
        "lang": language(),
        "title": _("客户画像"),
        "cut": _("(没印完,全文见屏幕)"),
        "name": print_name(portrait.name),
        "about": " · ".join(part for part in about if part),
        "aged": typeset(portrait.fresh.sentence) if portrait.fresh else "",
        "light": f"{light} {portrait.risk.risk:.0f}" if light and portrait.risk else "",
        # the light stands in its own box
        "chips": [clean(chip.words) for chip in portrait.leaving_chips if chip.of != "light"],
        "more": _("另有 {n} 条"),
        "jotting": _("会谈记录"),
        "left": [
            _bars(portrait.points[-_MOST_MONTHS:]),
            section("lines", _("层级与差距"), _standing(portrait)),
            section(
                "table",
                _("持有与到期"),
                [_holding(one, portrait.picture.day if portrait.picture else "") for one in portrait.holdings],
                columns=[_("产品"), _("金额"), _("到期日"), _("风险")],
                empty=_("名单里没有产品与到期明细"),
            ),
            section("lines", _("交易行为"), _behaviour(portrait), empty=_("没有交易数据")),
        ],
        "right": [
            section("lines", _("为什么"), _why(portrait, words), empty=_("没有命中信号")),
            section(
                "todo",
                _("接下来三件事"),
                [(one.title, one.why, one.how, short_day(one.due)) for one in portrait.next_actions],
                empty=_("暂时没有需要立即办的事"),
            ),
            section("lines", _("禁忌"), [(one.text, one.why) for one in portrait.do_not_say]),
            section("lines", _("可以谈"), [(one.name, one.reason) for one in portrait.offers],
                    empty=_no_offer(portrait)),
        ],
        "wide": [
            section("lines", _("基因卡"), _gene(portrait), empty=_("还看不出客户基因")),
            section("lines", _("标签"), _tags(portrait), empty=_("还没有标签")),
            section("lines", _("家庭与企业"), _family(portrait), empty=_("没有登记家庭与企业")),
            section("lines", _("最近联系"), _touches(portrait, words), empty=_("没有联系记录")),
        ],
        "footer": [
            _("数据日期 {date}").format(date=portrait.as_of or _("无")),
            _("打印人 {name}").format(name=printed_by or "—"),
            printed_words(printed_at, anchor),
            _("内部资料"),
        ],
        "watermark": typeset(
            _("编号 {number} · {name} · {at} · 会后请销毁,不得外传;带“本系统口径”的判断仅供参考").format(
                number=number, name=printed_by or "—", at=printed_at
            )
        ),
    }  # fmt: skip


def _held(portrait: Portrait) -> list[TagOnCustomer]:
    """The tags that hold and may leave the book."""
    return [tag for tag in portrait.leaving_tags if tag.state == "hit"]


def _bars(points: Sequence[MonthPoint]) -> BarsSection:
    """The assets by month in parts (yuan), by balance, or by daily average if no balance is told."""
    measure = "balance" if any("aum_balance" in point.figures for point in points) else "daily_average"
    parts = [part for part in _PARTS if any(point.part(part, measure) for point in points)]
    names = {"deposit": _("存款"), "wealth": _("理财"), "fund": _("基金"), "insurance": _("保险")}
    months: list[MonthBar] = []
    for point in points:
        values = [(point.part(part, measure) or 0) / 100 for part in parts]
        rest = (point.part("aum", measure) or 0) / 100 - sum(values)
        months.append({"label": point.month[2:], "parts": [*values, max(rest, 0.0)]})
    last = points[-1].figures.get(f"aum_{measure}") if points else None
    note = (
        _("月末 {sum}").format(sum=wan(last))
        if measure == "balance"
        else _("月日均 {sum}").format(sum=wan(last))
    )
    return {
        "kind": "bars" if months else "lines", "title": _("资产走势"), "note": note if months else "", "columns": [],
        "rows": [], "empty": _("没有月度数据"), "months": months,
        "names": [*(names[part] for part in parts), _("其他") if parts else _("金融资产")],
    }  # fmt: skip


def _standing(portrait: Portrait) -> list[tuple[str, str]]:
    position = portrait.standing
    if position is None:
        return []
    lines = [(position.reason, "")]
    if position.keep is not None and position.watch and position.keep.followable:
        lines.append((_("补足的依据"), position.today_note or ""))
    if position.bank_note:
        lines.append((_("本行等级 {level}").format(level=position.bank_level), position.bank_note))
    return lines


def _holding(one: HoldingRow, day: str) -> tuple[str, str, str, str]:
    name = one.product_name or one.product_code or one.category or "—"
    due = one.maturity_date or "—"
    if one.matured(day):
        due = _("{date} 已到期").format(date=due)
    return (name, wan(one.amount_fen), due, one.product_risk or "—")


def _behaviour(portrait: Portrait) -> list[tuple[str, str]]:
    problems = [(_("数据问题"), bracketed(one.text, _where(one))) for one in portrait.problems]
    if portrait.behaviour is None:
        return problems
    needs = [
        (_("可能需要{name}").format(name=one.name), one.reason) for one in portrait.behaviour.shown_needs
    ]
    return [*problems, *((one.text, "") for one in portrait.behaviour.lines), *needs]


def _where(problem: FlowProblem) -> str:
    """The rows of the lists behind a problem: 'file 第 n 行'."""
    words = _("{file} 第 {row} 行")
    return commas(words.format(file=one.file, row=one.row) for one in problem.sources)


def _no_offer(portrait: Portrait) -> str:
    """Why no product is named: the ground against marketing, else that none suits."""
    held = portrait.consent if portrait.consent is not None and portrait.consent.held else None
    return _("不推荐产品:{why}").format(why=held.sentence) if held else _("没有适合推荐的产品")


def _light_word(light: str | None) -> str:
    return {"red": _("红"), "orange": _("橙"), "yellow": _("黄")}.get(light or "", "")


def _why(portrait: Portrait, words: Mapping[str, str]) -> list[tuple[str, str]]:
    risk = portrait.risk
    if risk is None:
        return []
    lines = (
        [(_("直接亮{light}灯").format(light=_light_word(risk.light)), risk.hard_rule)]
        if risk.hard_rule
        else []
    )
    lines += [(_("另外"), fact) for fact in risk.facts]
    if risk.light and risk.chance:
        lines.append((_("类似客户"), risk.chance.text))
    if portrait.causes:
        likely = commas(one.worded for one in portrait.causes)
        lines.append((_("可能原因"), likely))
    lines += [(words.get(one.code, one.code), one.reason) for one in risk.signals]
    if blind := in_one_line(portrait.untold):
        lines.append((blind, ""))
    return lines


def _gene(portrait: Portrait) -> list[tuple[str, str]]:
    """Relation, segments, personas, contradictions. The observed style is subjective and stays in the book (domain 2.2)."""
    gene = portrait.gene
    if gene is None:
        return []
    lines = [
        (f"{gene.relation.name} · {gene.relation.stance}", gene.relation.reason),
        (gene.primary_name, gene.primary_reason),
    ]
    lines += [(one.name, one.reason) for one in gene.personas if one.hit]
    lines += [(_("矛盾"), f"{one.sentence} {one.check}") for one in gene.contradictions]
    lines += [(_("下次问"), ask) for ask in gene.asks[:1]]
    return lines


def _tags(portrait: Portrait) -> list[tuple[str, str]]:
    groups: dict[str, list[str]] = {}
    for tag in _held(portrait):
        words = tag.label if tag.kind == "flag" else headed(tag.label, tag.shown)
        groups.setdefault(tag.group_name, []).append(words)
    return [(name, commas(labels)) for name, labels in groups.items()]


def _family(portrait: Portrait) -> list[tuple[str, str]]:
    household = portrait.household
    if household is None or not household.relations:
        return []
    lines = []
    for one in household.relations:
        name = print_name(one.name) if one.customer_no else one.name
        lines.append((f"{one.kind_name} {name}", one.note or ""))
    return [*lines, (household.reason, "")]


def _touches(portrait: Portrait, words: Mapping[str, str]) -> list[tuple[str, str]]:
    lines = []
    for one in portrait.touches[:_TOUCHES]:
        parts = [words.get(one.channel, one.channel), words.get(one.result, one.result), one.note or ""]
        lines.append((one.date, " · ".join(part for part in parts if part)))
    return lines
