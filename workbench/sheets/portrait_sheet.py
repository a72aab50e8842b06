"""What stands on the one page about a customer that goes to a meeting: masked, labelled, in the language in use."""

from collections.abc import Iterable, Mapping, Sequence

from workbench.base.i18n import _, commas, language
from workbench.base.money import wan
from workbench.insight.churn.signals.registry import CODES
from workbench.insight.measures.reconciling import FlowProblem
from workbench.insight.portrait.portrait import HoldingRow, MonthPoint, Portrait
from workbench.insight.tags.explain import TagOnCustomer
from workbench.people.privacy import Cover, print_name, tail
from workbench.rules.parameters import Rules
from workbench.sheets.content import typeset
from workbench.sheets.papers import BarsSection, MonthBar, PortraitPaper, Section
from workbench.sheets.printed import Printed, SheetKind, typeset_as

#: stacked in the bars when the list tells them; the rest of the assets comes last
_PARTS = ("deposit", "wealth", "fund", "insurance")
_MOST_MONTHS = 12
_TOUCHES = 5


PORTRAIT_PDF = SheetKind(
    "portrait_pdf", ("name_masked", "customer_no_tail", "aum", "tags", "reason"), "portrait"
)


def portrait_pdf(content: PortraitPaper, customer_no: str) -> Printed:
    """The page (see `portrait_content`): exactly one A4 page whatever is known."""
    return typeset_as(PORTRAIT_PDF, content, _("客户画像_{tail}").format(tail=tail(customer_no)), 1)


def names(
    rules: Rules, channels: Iterable[tuple[str, str]], results: Iterable[tuple[str, str]]
) -> dict[str, str]:
    """What the codes on the page are called: channels and results of contacts, and the signals."""
    return {**dict(channels), **dict(results), **{code: rules.text(f"{code}.name") for code in CODES}}


def portrait_content(
    found: Portrait,
    words: Mapping[str, str],
    *,
    printed_by: str,
    printed_at: str,
    number: str,
) -> PortraitPaper:
    """The page as plain values. `words`: see `names`; `number` of the print."""
    relatives = found.household.relations if found.household else ()
    cover = Cover(
        [(found.name, found.customer_no), *((one.name, one.customer_no or "") for one in relatives)]
    )

    def clean(text: object) -> str:
        return typeset(cover(" ".join(str(text).split())))

    def section(
        kind: str,
        title: str,
        rows: Iterable[Sequence[object]],
        *,
        columns: Sequence[str] = (),
        empty: str = "",
    ) -> Section:
        return {
            "kind": kind, "title": title, "note": "", "empty": empty or _("没有记录"), "columns": columns,
            "rows": [[clean(cell) for cell in row] for row in rows],
        }  # fmt: skip

    facts = {key: value for key, _label, value in found.facts}
    about = [
        _("客户号 **{tail}").format(tail=tail(found.customer_no)),
        facts.get("gender", ""),
        _("{age} 岁").format(age=facts["age"]) if facts.get("age") else "",
        found.by_number_words,
    ]
    lights = {"red": _("■ 红灯"), "orange": _("● 橙灯"), "yellow": _("▲ 黄灯")}
    light = lights.get((found.risk.light if found.risk else None) or "", "")
    return {
        "lang": language(),
        "title": _("客户画像"),
        "name": print_name(found.name),
        "about": " · ".join(part for part in about if part),
        "aged": typeset(found.fresh.sentence) if found.fresh else "",
        "light": f"{light} {found.risk.risk:.0f}" if light and found.risk else "",
        "chips": [clean(chip) for chip in chips(found)],
        "more": _("另有 {n} 条"),
        "jotting": _("会谈记录"),
        "left": [
            _bars(found.points[-_MOST_MONTHS:]),
            section("lines", _("层级与差距"), _standing(found)),
            section(
                "table",
                _("持有与到期"),
                [_holding(one, found.picture.day if found.picture else "") for one in found.holdings],
                columns=[_("产品"), _("金额"), _("到期日"), _("风险")],
                empty=_("名单里没有产品与到期明细"),
            ),
            section("lines", _("交易行为"), _behaviour(found), empty=_("没有交易数据")),
        ],
        "right": [
            section("lines", _("为什么"), _why(found, words), empty=_("没有命中信号")),
            section(
                "todo",
                _("接下来三件事"),
                [(one.title, one.why, one.how, one.due[5:]) for one in found.next_actions],
                empty=_("没有要马上做的事"),
            ),
            section("lines", _("不要说"), [(one.text, one.why) for one in found.do_not_say]),
            section("lines", _("可以谈"), [(one.name, one.reason) for one in found.offers],
                    empty=_no_offer(found)),
        ],
        "wide": [
            section("lines", _("基因卡"), _gene(found), empty=_("还看不出客户基因")),
            section("lines", _("标签"), _tags(found), empty=_("还没有标签")),
            section("lines", _("家庭与企业"), _family(found), empty=_("没有登记家庭与企业")),
            section("lines", _("最近联系"), _touches(found, words), empty=_("没有联系记录")),
        ],
        "footer": [
            _("数据日期 {date}").format(date=found.as_of or _("无")),
            _("打印人 {name}").format(name=printed_by or "—"),
            _("打印时间 {at}").format(at=printed_at[:16]),
            _("内部资料"),
        ],
        "watermark": typeset(
            _("编号 {number} · {name} · {at} · 会后请销毁,不得外传;带“本系统口径”的判断仅供参考").format(
                number=number, name=printed_by or "—", at=printed_at
            )
        ),
    }  # fmt: skip


def chips(found: Portrait) -> list[str]:
    """What is said of a person first, in short."""
    where, gene, stage = found.standing, found.gene, found.stage
    said = []
    if where is not None and where.tier is not None:
        said += [f"{where.tier_name} {where.tier}", where.tower_name or ""]
    elif found.tier_name:
        said.append(found.tier_name)
    if found.bank_level:
        said.append(_("本行 {level}").format(level=found.bank_level))
    if gene is not None:
        said += [gene.primary_name, gene.relation.name]
    if stage is not None and stage.code is not None:
        said.append(f"{stage.code} {stage.name}")
    held = [tag.label for tag in _held(found) if tag.kind == "flag" and tag.layer > 2]
    return list(dict.fromkeys(part for part in (*said, *held) if part))


def _held(found: Portrait) -> list[TagOnCustomer]:
    """Tags that hold and may leave the book."""
    return [tag for tag in found.leaving_tags if tag.state == "hit"]


def _bars(points: Sequence[MonthPoint]) -> BarsSection:
    """Balances by month in parts, yuan; only what the lists tell."""
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


def _standing(found: Portrait) -> list[tuple[str, str]]:
    where = found.standing
    if where is None:
        return []
    said = [(where.reason, "")]
    if where.keep is not None and where.watch and where.keep.followable:
        said.append((_("补足的依据"), where.today_note or ""))
    if where.bank_note:
        said.append((_("本行等级 {level}").format(level=where.bank_level), where.bank_note))
    return said


def _holding(one: HoldingRow, day: str) -> tuple[str, str, str, str]:
    name = one.product_name or one.product_code or one.category or "—"
    due = one.maturity_date or "—"
    if one.matured(day):
        due = _("{date} 已到期").format(date=due)
    return (name, wan(one.amount_fen), due, one.product_risk or "—")


def _behaviour(found: Portrait) -> list[tuple[str, str]]:
    wrong = [(_("数据问题"), f"{one.text}({_where(one)})") for one in found.problems]
    if found.behaviour is None:
        return wrong
    needs = [(_("可能需要{name}").format(name=one.name), one.reason) for one in found.behaviour.shown_needs]
    return [*wrong, *((one.text, "") for one in found.behaviour.lines), *needs]


def _where(problem: FlowProblem) -> str:
    """The rows that tell it."""
    words = _("{file} 第 {row} 行")
    return commas(words.format(file=one.file, row=one.row) for one in problem.sources)


def _no_offer(found: Portrait) -> str:
    """Why no product is named: what stands against marketing, else that none suits."""
    held = found.consent if found.consent is not None and found.consent.held else None
    return _("不推荐产品:{why}").format(why=held.sentence) if held else _("没有适合推荐的产品")


def _why(found: Portrait, words: Mapping[str, str]) -> list[tuple[str, str]]:
    risk = found.risk
    if risk is None:
        return []
    said = [(_("直接定灯"), risk.hard_rule)] if risk.hard_rule else []
    if found.causes:
        likely = commas(f"{one.name} {one.share:.1f}" for one in found.causes)
        said.append((_("可能原因(待确认)"), likely))
    said += [(f"{one.code} {words.get(one.code, '')}", one.reason) for one in risk.signals]
    if risk.cannot_tell:
        missing = commas(f"{code} {words.get(code, '')}" for code in risk.cannot_tell)
        said.append((_("看不到"), missing))
    return said


def _gene(found: Portrait) -> list[tuple[str, str]]:
    """Relation, segments, personas, contradictions; the style is a subjective observation and stays in the book."""
    gene = found.gene
    if gene is None:
        return []
    said = [
        (f"{gene.relation.name} · {gene.relation.stance}", gene.relation.reason),
        (gene.primary_name, gene.primary_reason),
    ]
    said += [(one.name, one.reason) for one in gene.personas if one.hit]
    said += [(_("矛盾"), f"{one.sentence} {one.check}") for one in gene.contradictions]
    said += [(_("下次问"), ask) for ask in gene.asks[:1]]
    return said


def _tags(found: Portrait) -> list[tuple[str, str]]:
    groups: dict[str, list[str]] = {}
    for tag in _held(found):
        words = tag.label if tag.kind == "flag" else f"{tag.label}:{tag.shown}"
        groups.setdefault(tag.group_name, []).append(words)
    return [(name, commas(said)) for name, said in groups.items()]


def _family(found: Portrait) -> list[tuple[str, str]]:
    household = found.household
    if household is None or not household.relations:
        return []
    said = []
    for one in household.relations:
        name = print_name(one.name) if one.customer_no else one.name
        said.append((f"{one.kind_name} {name}", one.note or ""))
    return [*said, (household.reason, "")]


def _touches(found: Portrait, words: Mapping[str, str]) -> list[tuple[str, str]]:
    said = []
    for one in found.touches[:_TOUCHES]:
        parts = [words.get(one.channel, one.channel), words.get(one.result, one.result), one.note or ""]
        said.append((one.date, " · ".join(part for part in parts if part)))
    return said
