"""The card of a customer's gene: relation, style, segments, personas, and what to ask next."""

from collections.abc import Callable

from ui.pages.portrait.lines import FigureLine, Open, lines
from ui.pages.portrait.section import PartCard
from ui.widgets.parts import button, label
from workbench.base.i18n import _, commas
from workbench.insight.genes.card import GeneCard


class CustomerGene(PartCard):
    """Quadrant, style, segments and personas, then contradictions; `observe` opens the observation card."""

    def __init__(self, show: Open, observe: Callable[[], object]) -> None:
        super().__init__(_("基因卡"), button(_("观察卡"), observe, "link"))
        self._show = show

    def fill(self, gene: GeneCard | None) -> None:
        """Show the gene of a customer; None before there are monthly data."""
        self.clear()
        self.nothing = "" if gene is not None else _("客户基因:导入客户清单就有")
        if gene is None:
            return
        relation, style = gene.relation, gene.style
        primary = [one.name for one in gene.segments if one.hit]
        others = [name for name in primary if name != gene.primary_name]
        facts = [
            FigureLine(
                _("关系"),
                f"{relation.name} · {relation.stance}",
                ("familiarity", "average"),
                relation.reason,
            ),
            FigureLine(
                _("风格"), style.name, ("style", "style_confidence", "cues"), style.reason + style.ask
            ),
            FigureLine(
                _("主客群"), commas([gene.primary_name, *others]), ("g_seg_main_m0",), gene.primary_reason
            ),
        ]
        hits = [one for one in gene.personas if one.hit]
        if hits:
            facts.append(
                FigureLine(
                    _("人设"), commas(one.name for one in hits), ("g_per_sure_m0",), gene.personas_reason
                )
            )
        lines(self.body, facts, self._show)
        if relation.quadrant is not None:
            goal = _("{cadence};30 天目标:{goal}").format(
                cadence=_(relation.quadrant.cadence), goal=_(relation.quadrant.goal)
            )
            self.body.addWidget(label(goal, "second", wrap=True))
        for one in gene.contradictions:
            self.body.addWidget(
                label(_("矛盾:{what}").format(what=one.sentence), "red", wrap=True, tip=one.check)
            )
        if gene.asks:
            self.body.addWidget(
                label(_("下次问:{ask}").format(ask=gene.asks[0]), wrap=True, tip="\n".join(gene.asks))
            )
        self.body.addStretch(1)
