"""The card of family and companies, each with the way to the portrait of who is a customer too."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from ui.pages.portrait.lines import Open, leading
from ui.pages.portrait.section import PartCard
from ui.widgets.parts import button, label, row
from ui.words import exact, masked, number_tail
from workbench.base.i18n import _
from workbench.base.money import wan
from workbench.people.links import Household, Relation
from workbench.people.privacy import masking


class FamilyCard(PartCard):
    """The links of a customer and the assets of the household; `add` asks for a link, `remove` takes one away."""

    def __init__(
        self,
        show: Open,
        open_person: Callable[[str], object],
        add: Callable[[], object],
        remove: Callable[[Relation], object],
    ) -> None:
        super().__init__(_("家庭与企业"), button(_("+ 添加关系"), add, "link"))
        self._show, self._open_person, self._remove = show, open_person, remove

    def fill(self, household: Household | None, *, unmasked: bool) -> None:
        """Show each link, and the assets of the household."""
        self.clear()
        if household is None:
            return
        for one in household.relations:
            name = one.name if unmasked else masked_relative(one)
            parts = [name, wan(one.average_fen) if one.average_fen is not None else "", one.note or ""]
            words = f"{one.kind_name}  " + " · ".join(part for part in parts if part)
            who: QWidget = label(words, wrap=True)
            if one.customer_no is not None:
                who = leading(f"{words} {number_tail(one.customer_no)}")
                who.setToolTip(_("打开画像"))
                who.activated.connect(partial(self._open_person, one.customer_no))
            line = row(who, button("×", partial(self._remove, one), "link", tip=_("删除这条关系")))
            line.setStretch(0, 1)
            self.body.addLayout(line)
        if not household.relations:
            words = _("还没有登记家人和企业。登记之后,家庭资产一并看。")
            self.body.addWidget(label(words, "second", wrap=True))
        elif household.members or household.aum_fen is not None:
            total = leading(_("家庭资产 {sum}").format(sum=wan(household.aum_fen)), exact(household.aum_fen))
            total.activated.connect(partial(self._show, _("家庭资产"), ("household_aum", "average")))
            self.body.addWidget(total)
            self.body.addWidget(label(household.reason, "second", wrap=True))
        self.body.addStretch(1)


def masked_relative(one: Relation) -> str:
    """The masked name of a relative or a company."""
    return masked(one.name) if one.family or one.customer_no else masking("employer", one.name, "screen")
