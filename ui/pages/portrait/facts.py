"""The card of a customer's facts: the usual ones, and corrections beside the machine's value, each with its source."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from ui.pages.portrait.facts_dialog import Fact, facts_of
from ui.widgets.parts import Card, button, label, row
from ui.widgets.sources import Figure, source_words
from workbench.base.i18n import _
from workbench.insight.portrait.portrait import Portrait
from workbench.outreach.dates.birthday_ways import KeptBirthday

#: facts in the order of their use; how many fit on the page
FIRST = (
    "gender", "age", "phone", "id_no", "birth_date", "occupation", "employer", "residence_city", "risk_level",
    "risk_expiry_date", "open_date", "manager_name", "branch", "product_count", "wecom_friend", "last_txn_date",
)  # fmt: skip
MOST_FACTS = 16


class FactsCard(Card):
    """The card of facts; `show_all` opens every fact, `unmask` asks for the reason, `birthday` which one he keeps,
    `source(key, label)` the cells."""

    def __init__(
        self,
        show_all: Callable[[], object],
        unmask: Callable[[], object],
        birthday: Callable[[], object],
        source: Callable[[str, str], object],
    ) -> None:
        aside = QWidget()
        super().__init__(_("客户信息"), aside)
        self.all_facts = button(_("全部与更正"), show_all, "link")
        self.unmask_button = button(_("显示完整信息…"), unmask, "link")
        buttons = row(self.all_facts, self.unmask_button)
        buttons.setContentsMargins(0, 0, 0, 0)
        aside.setLayout(buttons)
        self._birthday = birthday
        self._kept: KeptBirthday | None = None
        self.birthday: QPushButton | None = None
        self._source = source

    def show_facts(self, portrait: Portrait, *, unmasked: bool) -> None:
        """Show 16 facts: corrected ones first, then those in the order of `FIRST`."""
        self.clear()
        self.unmask_button.setVisible(not unmasked)
        facts = facts_of(portrait)
        places = {key: at for at, key in enumerate(FIRST)}
        shown = sorted(facts, key=lambda one: (one.correction is None, places.get(one.key, len(places))))
        grid = QGridLayout()
        grid.setVerticalSpacing(3)
        grid.setHorizontalSpacing(10)
        for at, one in enumerate(shown[:MOST_FACTS]):
            down, across = at // 2, 2 * (at % 2)
            grid.addWidget(label(one.label, "second"), down, across, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._value(one, unmasked=unmasked), down, across + 1)
        for at in (1, 3):
            grid.setColumnStretch(at, 1)
        self.body.addLayout(grid)
        self.all_facts.setText(_("全部 {n} 项与更正").format(n=len(facts)))
        self.birthday = button("", self._birthday, "link", tip=_("公历还是农历;老年客户请问一句"))
        self.show_birthday(self._kept)
        self.body.addLayout(row(self.birthday, None))
        if portrait.source is not None:
            where = _("来源:{where}").format(where=source_words(portrait.source))
            self.body.addWidget(label(where, "second", wrap=True))
        self.body.addStretch(1)

    def show_birthday(self, kept: KeptBirthday | None) -> None:
        """Show which birthday he keeps, or the question; None while it is being read."""
        self._kept = kept
        if self.birthday is not None:
            self.birthday.setText(_birthday_words(kept))

    def _value(self, one: Fact, *, unmasked: bool) -> Figure:
        value, machine = one.value, one.machine
        if one.key == "gender":
            value, machine = _(value), _(machine)
        if not unmasked:
            value, machine = one.masked(value), one.masked(machine)
        tip = ""
        if one.correction is not None:
            value = _("{value}(更正)").format(value=value)
            tip = _("系统的值:{machine};理由:{why};有效到 {date}").format(
                machine=machine, why=one.correction.reason, date=one.correction.expires
            )
        made = Figure(value, tip, selectable=unmasked)
        made.setIndent(0)
        made.activated.connect(partial(self._source, one.origin, one.label))
        return made


def _birthday_words(kept: KeptBirthday | None) -> str:
    if kept is not None and kept.question:
        return _("请先确认:生日过公历还是农历")
    if kept is not None and kept.way is not None:
        return _("生日过{day},下一次 {date}").format(day=kept.words, date=kept.coming or "—")
    return _("生日按哪个过…")
