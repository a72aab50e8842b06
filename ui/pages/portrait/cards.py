"""What the cards of the portrait contain: lines of words and figures, each figure with the way to its rows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui.pages.portrait.chips import Chip
from ui.pages.portrait.leaving import causes_row
from ui.widgets.parts import Card, button, label, row
from ui.widgets.sources import Figure, source_words
from ui.widgets.wrapped import Strip
from ui.words import exact, masked, number_tail, severity_word
from workbench.base.i18n import _, commas
from workbench.base.money import wan
from workbench.insight.churn.verdict import SignalVerdict
from workbench.insight.genes.card import GeneCard
from workbench.insight.measures.reconciling import FlowProblem
from workbench.insight.portrait.advice import Action
from workbench.insight.portrait.behaviour import Behaviour
from workbench.insight.portrait.portrait import Portrait
from workbench.insight.portrait.unsaid import Never
from workbench.insight.tags.explain import TagOnCustomer
from workbench.insight.towers.critical_class import NEAR_UPGRADE
from workbench.insight.towers.tier_position import TierPosition
from workbench.insight.values.values import Values
from workbench.people.links import Household, Relation
from workbench.people.privacy import masking
from workbench.rules.parameters import Rules

#: opens the figures behind a computed one: a title and the columns it rests on
Open = Callable[[str, tuple[str, ...]], object]
OURS = "P"


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line of a card: label, value, tooltip, the columns it leads to; `note` stands below in grey."""

    words: str
    value: str
    names: tuple[str, ...] = ()
    tip: str = ""
    note: str = ""
    #: drawn in red: something to attend to
    alarm: bool = False


def lines(body: QVBoxLayout, card_lines: Iterable[CardLine], show: Open) -> None:
    """Add the lines: label at the left, figure at the right; a figure with columns behind it opens them."""
    grid = QGridLayout()
    grid.setColumnStretch(1, 1)
    grid.setVerticalSpacing(3)
    grid.setHorizontalSpacing(10)
    at = 0
    for one in card_lines:
        grid.addWidget(label(one.words, "second"), at, 0, Qt.AlignmentFlag.AlignTop)
        value = figure(one.value, one.words, one.names, show, one.tip)
        if one.alarm:
            value.setProperty("role", "red")
        grid.addWidget(value, at, 1)
        at += 1
        if one.note:
            grid.addWidget(label(one.note, "second", wrap=True), at, 0, 1, 2)
            at += 1
    body.addLayout(grid)


def figure(value: str, words: str, names: tuple[str, ...], show: Open, tip: str = "") -> QWidget:
    """A value that opens what it rests on (`names`), or a plain label where there is nothing."""
    if not names:
        return label(value, wrap=True, tip=tip)
    made = leading(value, tip)
    made.activated.connect(partial(show, words, names))
    return made


def leading(text: str, tip: str = "") -> Figure:
    """A figure that leads somewhere, aligned with plain labels."""
    made = Figure(text, tip)
    made.setIndent(0)
    return made


def fill_why(
    card: Card,
    portrait: Portrait,
    rules: Rules,
    source: Callable[[SignalVerdict], object],
    show: Open,
    confirm: Callable[[], object],
) -> None:
    """Show the signals with their figures, the likely causes to `confirm`, and what could not be checked."""
    card.clear()
    body, risk = card.body, portrait.risk
    if risk is None:
        body.addWidget(label(_("还没有检查过这位客户(没有月度数据)。"), "second", wrap=True))
        body.addStretch(1)
        return
    lit = {"red": _("为什么亮红灯"), "orange": _("为什么亮橙灯"), "yellow": _("为什么亮黄灯")}
    card.heading.setText(lit.get(risk.light or "", _("没有亮灯")))
    if risk.hard_rule:
        body.addWidget(label(_("直接定灯:{reason}").format(reason=risk.hard_rule), "red", wrap=True))
    if risk.no_light:
        body.addWidget(label(risk.no_light, "second", wrap=True))
    for fact in risk.facts:
        body.addWidget(label(fact, wrap=True))
    if risk.light and risk.chance:
        body.addWidget(label(risk.chance.text, "second", wrap=True))
    for verdict in risk.signals:
        title = f"{verdict.code} {rules.text(verdict.code + '.name')} · {severity_word(verdict.severity)}"
        body.addLayout(
            row(label(title, "heading"), None, button(_("来源"), partial(source, verdict), "link"))
        )
        body.addWidget(label(verdict.reason, wrap=True))
    if not risk.signals:
        body.addWidget(label(_("没有命中信号。"), "second"))
    if risk.signals:
        body.addLayout(causes_row(portrait.causes, rules, show, confirm))
    if risk.cannot_tell:
        missing = commas(f"{code} {rules.text(code + '.name')}" for code in risk.cannot_tell)
        body.addWidget(
            label(_("看不到(名单缺列,或记录太少):{names}").format(names=missing), "second", wrap=True)
        )
    body.addStretch(1)


def fill_todo(card: Card, actions: Sequence[Action], never: Sequence[Never], show: Open) -> None:
    """Show the next three actions with why, how and by when; below, what not to say."""
    card.clear()
    body = card.body
    for number, one in enumerate(actions, 1):
        due = _("{day} 前").format(day=one.due[5:]) if one.due else ""
        title = leading(f"{number}  {one.title}", one.how)
        title.setProperty("role", "heading")
        title.activated.connect(partial(show, one.title, one.inputs))
        head = row(title, label(due, "second"))
        head.setStretch(0, 1)
        body.addLayout(head)
        body.addWidget(label(one.why, "second", wrap=True))
        body.addWidget(label(one.how, wrap=True))
    if not actions:
        body.addWidget(label(_("没有要马上做的事,按层级的节奏联系就好。"), "second", wrap=True))
    body.addSpacing(4)
    body.addWidget(label(_("不要说"), "red"))
    for limit in never:
        body.addWidget(figure(limit.text, limit.text, limit.inputs, show, limit.why))
    body.addStretch(1)


def standing_lines(standing: TierPosition | None, portrait: Portrait) -> list[CardLine]:
    """The lines of the level: watch, both gaps, what to deposit today, and the bank's own level."""
    if standing is None or standing.tier is None:
        note = standing.reason if standing else portrait.tier_note or ""
        return [
            CardLine(
                _("本系统层级"), portrait.tier_name or _("无法判断(没有月日均)"), ("average",), note=note
            ),
            CardLine(_("本行等级"), portrait.bank_level or "—", ("bank_level",)),
        ]
    inputs, s = standing.inputs, standing

    def money(words: str, key: str, fen: int | None, *, alarm: bool = False) -> CardLine:
        """An amount in fen with the columns behind the attribute `key`."""
        return CardLine(words, wan(fen), inputs.get(key, ()), exact(fen), alarm=alarm)

    card_lines = [CardLine(_("本系统层级"), f"{s.tier_name} · {s.tower_name}", inputs["tier"])]
    if s.watch:
        words = _("连续 {n} 个月").format(n=s.watch)
        if s.falls_in is not None:
            words += _(",{month} 起降级").format(month=s.falls_from)
        card_lines.append(CardLine(_("未达标"), words, inputs["watch"], alarm=True))
    card_lines.append(
        money(_("月日均") if not s.by_balance else _("时点(无月日均)"), "average_fen", s.average_fen)
    )
    if s.margin_fen is not None:
        short = s.margin_fen < 0
        words = _("距本级线还差") if short else _("高出本级线")
        card_lines.append(money(words, "margin_fen", abs(s.margin_fen), alarm=short))
    if s.keep is not None and (s.watch or s.keep.kind != "hold") and s.keep.kind != "stale":
        words = _("恢复层级") if s.lost else _("保级")
        card_lines.append(CardLine(words, s.keep.text, inputs["keep_today_fen"], alarm=bool(s.watch)))
    if s.gap_fen is not None:
        card_lines.append(money(_("距上一级还差"), "gap_fen", s.gap_fen))
    if s.upgrade is not None and (
        s.upgrade.followable or (NEAR_UPGRADE in s.critical and s.upgrade.kind != "stale")
    ):
        card_lines.append(CardLine(_("升级"), s.upgrade.text, inputs["upgrade_today_fen"]))
    bank = CardLine(_("本行等级"), s.bank_level or "—", ("bank_level",), note=s.bank_note or "")
    return [*card_lines, bank]


def fill_behaviour(
    body: QVBoxLayout, behaviour: Behaviour | None, show: Open, problems: Sequence[FlowProblem] = ()
) -> None:
    """Show what the transactions tell, the needs they point to, and what is off because a column is missing.

    Months whose flows contradict the balances come first.
    """
    for problem in problems:
        origin = "\n".join(source_words(source) for source in problem.sources)
        made = leading(_("数据问题:{what}").format(what=problem.text), origin)
        made.setProperty("role", "red")
        made.activated.connect(partial(show, _("数据问题"), ("flow_gap", "aum_balance", "inflow", "outflow")))
        body.addWidget(made)
        if origin:
            body.addWidget(
                label(_("来源:{rows}").format(rows=origin.replace("\n", ";")), "second", wrap=True)
            )
    if behaviour is None or (not behaviour.lines and not behaviour.shown_needs):
        nothing = _("名单里没有交易汇总,也没有导入交易流水,看不出交易行为。")
        body.addWidget(label(nothing, "second", wrap=True))
    marks = {"lead": "▸ ", "care": "! "}
    for one in behaviour.lines if behaviour else ():
        made = leading(marks.get(one.tone, "") + one.text)
        made.activated.connect(partial(show, _("交易行为"), one.inputs))
        body.addWidget(made)
    for need in behaviour.shown_needs if behaviour else ():
        tip = ""
        if need.rate is not None:
            tip = _("账本里符合的 {n} 户,有 {having} 户持有;全部客户 {base}").format(
                n=need.rate.fitting, having=need.rate.having, base=f"{need.rate.base:.0%}"
            )
        made = leading(_("可能需要{name}:{why}").format(name=need.name, why=need.reason), tip)
        made.activated.connect(partial(show, need.name, need.inputs))
        body.addWidget(made)
    if behaviour is not None and behaviour.off:
        words = _("看不到 {n} 项:{names}").format(
            n=len(behaviour.off), names=commas(one.name for one in behaviour.off)
        )
        tip = "\n".join(one.sentence for one in behaviour.off)
        body.addWidget(label(words, "second", wrap=True, tip=tip))
    body.addStretch(1)


def fill_gene(body: QVBoxLayout, gene: GeneCard, show: Open) -> None:
    """Show quadrant, style, segments and personas, then contradictions and what to ask next."""
    relation, style = gene.relation, gene.style
    primary = [one.name for one in gene.segments if one.hit]
    others = [name for name in primary if name != gene.primary_name]
    unknown = [one.name for one in gene.segments if one.hit is None]
    facts = [
        CardLine(
            _("关系"),
            f"{relation.name} · {relation.stance}",
            ("familiarity", "average"),
            relation.reason,
        ),
        CardLine(_("风格"), style.name, ("style", "style_confidence", "cues"), style.reason),
        CardLine(_("主客群"), commas([gene.primary_name, *others]), ("g_seg_main_m0",), gene.primary_reason),
    ]
    hits = [one for one in gene.personas if one.hit]
    if hits:
        facts.append(
            CardLine(_("人设"), commas(one.name for one in hits), ("g_per_sure_m0",), gene.personas_reason)
        )
    lines(body, facts, show)
    if relation.quadrant is not None:
        goal = _("{cadence};30 天目标:{goal}").format(
            cadence=_(relation.quadrant.cadence), goal=_(relation.quadrant.goal)
        )
        body.addWidget(label(goal, "second", wrap=True))
    for one in gene.contradictions:
        body.addWidget(label(_("矛盾:{what}").format(what=one.sentence), "red", wrap=True, tip=one.check))
    if unknown:
        tip = "\n".join(one.reason for one in gene.segments if one.hit is None)
        words = _("无法判断:{names}").format(names=commas(unknown))
        body.addWidget(label(words, "second", wrap=True, tip=tip))
    if gene.asks:
        body.addWidget(label(_("下次问:{ask}").format(ask=gene.asks[0]), wrap=True, tip="\n".join(gene.asks)))
    body.addStretch(1)


def fill_family(
    body: QVBoxLayout,
    household: Household,
    open_person: Callable[[str], object],
    remove: Callable[[Relation], object],
    show: Open,
    *,
    unmasked: bool,
) -> None:
    """Show each link with the way to the other's portrait, and the assets of the household."""
    for one in household.relations:
        name = one.name if unmasked else masked_relative(one)
        parts = [name, wan(one.average_fen) if one.average_fen is not None else "", one.note or ""]
        words = f"{one.kind_name}  " + " · ".join(part for part in parts if part)
        who: QWidget = label(words, wrap=True)
        if one.customer_no is not None:
            who = leading(f"{words} {number_tail(one.customer_no)}")
            who.setToolTip(_("打开画像"))
            who.activated.connect(partial(open_person, one.customer_no))
        line = row(who, button("×", partial(remove, one), "link", tip=_("删除这条关系")))
        line.setStretch(0, 1)
        body.addLayout(line)
    if not household.relations:
        words = _("还没有登记家人和企业。登记之后,家庭资产一并看。")
        body.addWidget(label(words, "second", wrap=True))
    elif household.members or household.aum_fen is not None:
        total = leading(_("家庭资产 {sum}").format(sum=wan(household.aum_fen)), exact(household.aum_fen))
        total.activated.connect(partial(show, _("家庭资产"), ("household_aum", "average")))
        body.addWidget(total)
        body.addWidget(label(household.reason, "second", wrap=True))
    body.addStretch(1)


def masked_relative(one: Relation) -> str:
    """The masked name of a relative or a company."""
    return masked(one.name) if one.family or one.customer_no else masking("employer", one.name, "screen")


def fill_tags(
    body: QVBoxLayout, tags: Sequence[TagOnCustomer], show: Callable[[TagOnCustomer], object]
) -> tuple[int, int]:
    """Show a chip for each tag that holds, by group; the numbers of tags that hold and that cannot be told are
    returned."""
    held = [tag for tag in tags if tag.state == "hit"]
    for group in dict.fromkeys(tag.group for tag in held):
        mine = [tag for tag in held if tag.group == group]
        chips = Strip()
        chips.add(label(mine[0].group_name, "second"))
        for tag in mine:
            chips.add(Chip(tag_words(tag), partial(show, tag), tag.reason))
        body.addWidget(chips)
    if not held:
        body.addWidget(label(_("还没有标签。导入客户清单之后自动算出。"), "second", wrap=True))
    body.addStretch(1)
    return len(held), sum(tag.state == "unknown" for tag in tags)


def tag_words(tag: TagOnCustomer) -> str:
    """The words of a chip: a flag by its label, anything else with its value."""
    return tag.label if tag.kind == "flag" else f"{tag.label} {tag.shown}"


def head_chips(portrait: Portrait, rules: Rules) -> list[tuple[str, tuple[str, ...], bool]]:
    """(words, columns behind them, red) of the chips below the name."""
    values = portrait.picture.values if portrait.picture else Values()
    chips: list[tuple[str, tuple[str, ...], bool]] = []
    position, gene, stage = portrait.standing, portrait.gene, portrait.stage
    if position is not None and position.tier is not None:
        chips.append((f"{position.tier_name} {position.tier}", position.inputs["tier"], False))
        chips.append((position.tower_name or "", ("tower", "tier"), False))
    elif portrait.tier_name:
        chips.append((portrait.tier_name, ("average",), False))
    if portrait.bank_level:
        bank = _("本行 {level}").format(level=portrait.bank_level)
        chips.append((bank, ("bank_level",), bool(position and position.bank_differs)))
    if gene is not None:
        chips.append((gene.primary_name, ("g_seg_main_m0",), False))
        chips.append((gene.relation.name, ("familiarity", "average"), False))
        if gene.style.letter is not None:
            levels = {"low": _("低"), "middle": _("中"), "high": _("高")}
            style = f"{gene.style.name}({levels.get(gene.style.level or '', '—')})"
            chips.append((style, ("style", "style_confidence"), False))
    if (level := values.risk_class) is not None:
        expired = (values.risk_valid_days or 0) < 0
        words = rules.text(f"class.{round(level)}") + (_(" 已过期") if expired else "")
        chips.append((words, ("risk_class", "risk_valid_days"), expired))
    if stage is not None and stage.code is not None:
        days = _(" 第 {n} 天").format(n=stage.days) if stage.days is not None else ""
        chips.append((f"{stage.code} {stage.name}{days}", stage.inputs, stage.code in ("J4", "J5")))
    risk = portrait.risk
    chips += [(rules.text(f"{code}.name"), ("light",), False) for code in (risk.profiles if risk else ())]
    return [chip for chip in chips if chip[0]]
