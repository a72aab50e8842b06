"""The head of the portrait: who this is, and the chips of level, tower, light and what else changes what one does."""

from collections.abc import Callable
from functools import partial

from ui.pages.portrait.chips import Chip
from ui.pages.portrait.lines import Open
from ui.widgets.parts import label, light_label
from ui.widgets.wrapped import Strip
from ui.words import light_word, masked, number_tail
from workbench.base.i18n import _
from workbench.insight.portrait.portrait import Portrait
from workbench.insight.tags.explain import TagOnCustomer
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules
from workbench.sheets.glyphs import readable

#: chips in all, without the one that leads to the rest
MOST_CHIPS = 11


def person_words(portrait: Portrait, *, unmasked: bool) -> tuple[str, str]:
    """The name, and number, sex, age and data date in one line."""
    name = readable(portrait.name) if unmasked else masked(portrait.name)
    facts = {key: value for key, _label, value in portrait.facts}
    # the age that tags and advice use, so that the page shows one age
    age_in_force = portrait.picture.values.age if portrait.picture is not None else None
    age = facts.get("age") if age_in_force is None else age_in_force
    parts = [
        _("客户号 {number}").format(
            number=portrait.customer_no if unmasked else number_tail(portrait.customer_no)
        ),
        facts.get("gender", ""),
        "" if age is None else _("{age} 岁").format(age=age),
        portrait.by_number_words,
        _("数据日期 {date}").format(date=portrait.as_of) if portrait.as_of else _("还没有月度数据"),
    ]
    return name, " · ".join(part for part in parts if part)


class HeadChips(Strip):
    """The light, then chips; `show` opens what a chip rests on, `show_tag` a tag, `all_tags` leads to the rest."""

    def __init__(
        self,
        rules: Rules,
        show: Open,
        show_tag: Callable[[TagOnCustomer], object],
        all_tags: Callable[[], object],
    ) -> None:
        super().__init__()
        self._rules, self._open, self._show_tag, self._all_tags = rules, show, show_tag, all_tags

    def fill(self, portrait: Portrait) -> None:
        """Show the chips of a customer."""
        self.clear()
        chips = [*_light_chips(portrait), *_chips(portrait, self._rules)]
        if (risk := portrait.risk) is not None:
            words = _("未亮灯")
            if risk.light is not None:
                words = _("{light}灯").format(light=light_word(risk.light))
            self.add(light_label(risk.light, words))
        for words, behind, alarm in chips:
            self.add(Chip(words, partial(self._open, words, behind), alarm=alarm))
        if portrait.tier_name is None:
            self.add(label(_("层级看不出:缺「月日均」或「金融资产」"), "second", wrap=True))
        held = [tag for tag in portrait.tags if tag.state == "hit" and tag.kind == "flag" and tag.layer > 2]
        shown = held[: max(0, MOST_CHIPS - len(chips))]
        for tag in shown:
            self.add(Chip(tag.label, partial(self._show_tag, tag), tag.reason))
        more = sum(tag.state == "hit" for tag in portrait.tags) - len(shown)
        if more > 0:
            self.add(Chip(f"+{more}", self._all_tags, _("看全部标签")))


def _light_chips(portrait: Portrait) -> list[tuple[str, tuple[str, ...], bool]]:
    """Risk and place, where the customer was checked."""
    risk = portrait.risk
    if risk is None:
        return []
    place = _("风险 {risk} · 第 {rank} 名").format(risk=f"{risk.risk:.0f}", rank=f"{risk.rank:,}")
    return [(place, ("risk", *(one.code for one in risk.signals)), risk.light == "red")]


def _chips(portrait: Portrait, rules: Rules) -> list[tuple[str, tuple[str, ...], bool]]:
    """(words, columns behind them, red) of the chips behind the light."""
    values = portrait.picture.values if portrait.picture else Values()
    chips: list[tuple[str, tuple[str, ...], bool]] = []
    position, gene = portrait.standing, portrait.gene
    if position is not None and position.tier is not None:
        chips.append((f"{position.tier_name} {position.tier}", position.inputs["tier"], False))
        chips.append((position.tower_name or "", ("tower", "tier"), False))
    elif portrait.tier_name:
        chips.append((portrait.tier_name, ("average",), False))
        chips.append((portrait.tower or "", ("average",), False))
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
    risk = portrait.risk
    chips += [(rules.text(f"{code}.name"), ("light",), False) for code in (risk.profiles if risk else ())]
    return [chip for chip in chips if chip[0]]
