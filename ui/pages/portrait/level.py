"""The card of the level: where a customer stands, what is missing to either line, and the bank's own level."""

from ui.pages.portrait.lines import FigureLine, Open, lines
from ui.pages.portrait.section import PartCard
from ui.widgets.parts import label
from ui.words import exact
from workbench.base.i18n import _
from workbench.base.money import wan
from workbench.insight.portrait.portrait import Portrait
from workbench.insight.towers.critical_class import NEAR_UPGRADE
from workbench.insight.towers.tier_position import TierPosition


class LevelCard(PartCard):
    """The level with both gaps."""

    def __init__(self, show: Open) -> None:
        super().__init__(_("层级与差距"))
        self._show = show

    def fill(self, portrait: Portrait) -> None:
        """Show the level of a customer."""
        self.clear()
        told = portrait.tier_name or portrait.bank_level or portrait.standing
        self.nothing = "" if told else _("层级与差距:名单带上「月日均」或「金融资产」就有")
        lines(self.body, standing_lines(portrait.standing, portrait), self._show)
        self.body.addWidget(label(_("层级线为本系统口径,可换预设。"), "second", wrap=True))
        self.body.addStretch(1)


def standing_lines(standing: TierPosition | None, portrait: Portrait) -> list[FigureLine]:
    """The lines of the level: watch, both gaps, what to deposit today, and the bank's own level."""
    if standing is None or standing.tier is None:
        note = standing.reason if standing else portrait.tier_note or ""
        own = FigureLine(
            _("本系统层级"), portrait.tier_name or _("无法判断(没有月日均)"), ("average",), note=note
        )
        return [own, *_bank(portrait.bank_level, "")]
    inputs, s = standing.inputs, standing

    def money(words: str, key: str, fen: int | None, *, alarm: bool = False) -> FigureLine:
        """An amount in fen with the columns behind the attribute `key`."""
        return FigureLine(words, wan(fen), inputs.get(key, ()), exact(fen), alarm=alarm)

    card_lines = [FigureLine(_("本系统层级"), f"{s.tier_name} · {s.tower_name}", inputs["tier"])]
    if s.watch:
        words = _("连续 {n} 个月").format(n=s.watch)
        if s.falls_in is not None:
            words += _(",{month} 起降级").format(month=s.falls_from)
        card_lines.append(FigureLine(_("未达标"), words, inputs["watch"], alarm=True))
    card_lines.append(
        money(_("月日均") if not s.by_balance else _("时点(无月日均)"), "average_fen", s.average_fen)
    )
    if s.margin_fen is not None:
        short = s.margin_fen < 0
        words = _("距本级线还差") if short else _("高出本级线")
        card_lines.append(money(words, "margin_fen", abs(s.margin_fen), alarm=short))
    if s.keep is not None and (s.watch or s.keep.kind != "hold") and s.keep.kind != "stale":
        words = _("恢复层级") if s.lost else _("保级")
        card_lines.append(FigureLine(words, s.keep.text, inputs["keep_today_fen"], alarm=bool(s.watch)))
    if s.gap_fen is not None:
        card_lines.append(money(_("距上一级还差"), "gap_fen", s.gap_fen))
    if s.upgrade is not None and (
        s.upgrade.followable or (NEAR_UPGRADE in s.critical and s.upgrade.kind != "stale")
    ):
        card_lines.append(FigureLine(_("升级"), s.upgrade.text, inputs["upgrade_today_fen"]))
    return [*card_lines, *_bank(s.bank_level, s.bank_note or "")]


def _bank(level: str | None, note: str) -> list[FigureLine]:
    """The bank's own level; no line where no list tells it."""
    return [FigureLine(_("本行等级"), level, ("bank_level",), note=note)] if level else []
