"""What stands below the first screen of the portrait: all cards, in sections that fold by sense."""

from collections.abc import Callable, Sequence

from ui.pages.portrait.archive import ChannelCard, ExpertsCard, WayCard
from ui.pages.portrait.archive import summary_of as file_summary
from ui.pages.portrait.behaviour import BehaviourCard
from ui.pages.portrait.cells import Cells
from ui.pages.portrait.chart import ChartCard
from ui.pages.portrait.customer_page import CustomerPage
from ui.pages.portrait.facts import FactsCard
from ui.pages.portrait.family import FamilyCard
from ui.pages.portrait.file_acts import FileActs
from ui.pages.portrait.gene import CustomerGene
from ui.pages.portrait.hand import ByHand
from ui.pages.portrait.level import LevelCard
from ui.pages.portrait.lines import Open
from ui.pages.portrait.needs_card import FamilyGoalsCard, NeedsCard, WantedByCustomer
from ui.pages.portrait.pots import UNREAD, PotsCard, ProposalsCard, TaboosCard, summary_of
from ui.pages.portrait.rows import HoldingCard, TouchCard
from ui.pages.portrait.section import PortraitSection
from ui.pages.portrait.signals import SignalsCard
from ui.pages.portrait.tag_card import PortraitTags
from ui.widgets.parts import Card
from workbench.base.i18n import _
from workbench.base.money import wan
from workbench.insight.allocation.allocation import Allocation
from workbench.insight.portrait.portrait import Portrait
from workbench.insight.tags.explain import TagOnCustomer
from workbench.outreach.archive.archive import ServiceArchive

#: of the width, the level takes one part and the chart two
_WIDE = (1, 2)
#: columns of the cards of a section
_MOST = 3


class Below:
    """The sections, in the order of the work: evidence, products, the person, tags."""

    def __init__(
        self,
        page: CustomerPage,
        cells: Cells,
        by_hand: ByHand,
        show: Open,
        show_tag: Callable[[TagOnCustomer], object],
        unknown_tags: Callable[[], object],
        all_facts: Callable[[], object],
        unmask: Callable[[], object],
    ) -> None:
        rules = page.workbench.rules
        self.signals = SignalsCard(rules, cells.of_verdict, show, by_hand.confirm_cause)
        self.level = LevelCard(show)
        self.chart = ChartCard(page.tasks, cells.of_months, cells.of_month)
        self.holdings = HoldingCard(rules, cells.of_holding, show)
        self.behaviour = BehaviourCard(show)
        self.touches = TouchCard(cells.of_touch)
        self.gene = CustomerGene(show, by_hand.tick_cues)
        self.family = FamilyCard(
            show, lambda number: page.go.emit("portrait", number), by_hand.add_link, by_hand.ask_remove
        )
        self.pots, self.proposals, self.taboos = PotsCard(), ProposalsCard(page.print_pots), TaboosCard()
        self.acts = acts = FileActs(page)
        self.way, self.channel = WayCard(acts.print_file), ChannelCard(acts.change_channel)
        self.experts = ExpertsCard(acts.book_expert, acts.hold_booking, acts.cancel_booking)
        self.needs, self.goals = NeedsCard(page), FamilyGoalsCard(page)
        self.facts = FactsCard(all_facts, unmask, by_hand.birthday, cells.of_field)
        self.tags = PortraitTags(show_tag, by_hand.give_tag, unknown_tags)
        #: whether there is evidence of a light
        self._argued = False
        self.evidence = PortraitSection(_("依据与走势"))
        self.products = PortraitSection(_("产品与往来"))
        self.allocation = PortraitSection(_("资产配置"))
        self.wanted = PortraitSection(_("需求与目标"))
        self.file = PortraitSection(_("服务档案"))
        self.person = PortraitSection(_("客户与家庭"))
        self.all_tags = PortraitSection(_("标签"))
        self.sections = (
            self.evidence, self.wanted, self.products, self.allocation, self.file, self.person, self.all_tags,
        )  # fmt: skip
        self.products.take((self.holdings, self.behaviour, self.touches))
        self.wanted.take((self.needs, self.goals))
        self.allocation.take((self.pots, self.proposals, self.taboos))
        self.file.take((self.way, self.channel, self.experts))
        self.person.take((self.gene, self.family, self.facts))
        self.all_tags.take((self.tags,))

    @property
    def foremost(self) -> Card:
        """The evidence that comes up to the first screen of a wide window: that of a light, else where the level stands."""
        return self.signals if self._argued else self.level

    def fill(self, portrait: Portrait, names: dict[str, str], *, unmasked: bool) -> None:
        """Show a customer; `names`: codes of channels and results -> their names."""
        risk = portrait.risk
        self._argued = risk is not None and bool(risk.light or risk.signals)
        self.signals.fill(portrait)
        self.level.fill(portrait)
        self.chart.show_points(portrait.points)
        self.holdings.show_held(portrait)
        self.behaviour.fill(portrait)
        self.touches.show_touches(portrait.touches, names)
        self.gene.fill(portrait.gene)
        self.tags.fill(portrait)
        self.fill_person(portrait, unmasked=unmasked)
        standing = portrait.standing
        average = standing.average_fen if standing is not None else None
        self.evidence.fill(_("月日均 {sum}").format(sum=wan(average)) if average is not None else "")
        self.products.fill(
            _("持有 {n} 项 · 联系 {touches} 次").format(
                n=len(portrait.holdings), touches=len(portrait.touches)
            )
            if portrait.holdings
            else _("联系 {touches} 次").format(touches=len(portrait.touches))
        )
        self.person.fill(portrait.gene.primary_name if portrait.gene is not None else "")
        self.all_tags.fill(
            _("{n} 个命中 · {blind} 个无法判断").format(n=self.tags.held, blind=self.tags.blind)
        )

    def fill_pots(self, made: Allocation | None) -> None:
        """Show the four pots, read after the portrait; None: take away those of another customer."""
        for card in (self.pots, self.proposals, self.taboos):
            card.fill(made)
        self.allocation.fill(summary_of(made) if made else "")

    def fill_file(self, made: ServiceArchive | None) -> None:
        """Show the service file, read after the pots; None: take away that of another customer."""
        self.acts.file = made
        for card in (self.way, self.channel, self.experts):
            card.fill(made)
            card.nothing = "" if made is not None else UNREAD
        self.file.fill(file_summary(made) if made else "")

    def fill_wanted(self, wanted: WantedByCustomer | None) -> None:
        """Show needs, goals and the last meeting, read after the portrait; None: take away those of another customer."""
        self.needs.fill(wanted)
        self.goals.fill(wanted)
        self.wanted.fill(wanted.summary if wanted is not None else "")

    def nothing(self, portrait: Portrait) -> tuple[str, ...]:
        """The cards without content, each with what would fill it; habits are counted one by one where he is on a list."""
        cards = (self.signals, self.level, self.chart, self.holdings, self.gene)
        habits = () if portrait.behaviour is not None and portrait.behaviour.off else (self.behaviour,)
        # read after the portrait, and told by the same list as what is held
        pots = () if self.pots.nothing == UNREAD or self.holdings.nothing else (self.pots,)
        return tuple(one.nothing for one in (*cards, *pots, *habits) if one.nothing)

    def fill_person(self, portrait: Portrait, *, unmasked: bool) -> None:
        """Show what is masked."""
        self.facts.show_facts(portrait, unmasked=unmasked)
        self.family.fill(portrait.household, unmasked=unmasked)

    def arrange(self, room: int, *, above: Sequence[Card]) -> None:
        """Put the cards in their columns for a width in pixels; those `above` stand on the first screen."""
        evidence = (self.signals, self.level, self.chart)
        self.evidence.take([one for one in evidence if one not in above])
        for one in self.sections:
            one.arrange(room, _MOST, _WIDE if one is self.evidence and above else ())
