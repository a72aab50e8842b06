"""链条: who introduced whom. Left the chains, the longest first; right the tree, and its persons as a list."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.page import Page
from ui.pages.referrals.tab import ReferralTab
from ui.pages.referrals.tree_view import ChainView, person_words
from ui.widgets.parts import beside, button, column, label, row
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.words import exact
from workbench.base.i18n import _, semicolons
from workbench.base.money import wan
from workbench.outreach.referrals.chains import ReferralChains
from workbench.outreach.referrals.views import ChainBook


class ChainRow:
    """A person of a chain, for a row of a table."""

    def __init__(self, of: ReferralChains, place: int) -> None:
        self.of, self.place = of, place
        self.person, self.sum = of.persons[place], of.sums[place]

    @property
    def customer_no(self) -> str:
        """The customer's number; '' without an account."""
        return self.person.customer_no

    @property
    def giver(self) -> str:
        """Who introduced him, '' for the first of a chain."""
        above = self.of.parents[self.place]
        return self.of.persons[above].name if above is not None else ""

    @property
    def brought(self) -> str:
        """The assets of those below, as far as the newest list tells them."""
        return wan(self.sum.fen) if self.sum.fen is not None else "—"

    @property
    def brought_tip(self) -> str:
        """What the figure counts and what it does not know."""
        of = self.sum
        parts = [
            _("{day} 的名单").format(day=self.of.as_of) if self.of.as_of else "",
            _("{n} 人有资产:{amount}").format(n=of.known, amount=exact(of.fen)) if of.known else "",
            _("{n} 人名单没有资产").format(n=of.untold) if of.untold else "",
            _("{n} 人还没有账户").format(n=of.without) if of.without else "",
        ]
        return semicolons(filter(None, parts))


class ChainsTab(ReferralTab):
    """The chains and the tree of the one under the keyboard."""

    name = "chains"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.book: ChainBook | None = None
        self.flagged = label("", "red", wrap=True)
        self.flagged.hide()
        self.nothing = label(
            _("还没有转介记录。在“转介单”里新建一张,或导入转介清单,这里就画出谁介绍了谁。"),
            "second",
            wrap=True,
        )
        self.roots = Table(_root_columns(), name="referrals.chains", steady=True)
        self.roots.setAccessibleName(_("链条,最长的在前"))
        self.view = ChainView()
        self.persons = Table(_person_columns(), name="referrals.persons", steady=True)
        self.persons.setAccessibleName(_("这条链上的人"))
        self.as_of = label("", "second", wrap=True)
        self.nearer = button(_("放大"), self.view.nearer, tip="+")
        self.farther = button(_("缩小"), self.view.farther, tip="-")
        self.whole = button(_("看全"), self.view.whole, tip="0")
        keys = label(_("方向键走动,回车打开画像"), "second")
        right = QWidget()
        inside = column(row(keys, None, self.farther, self.nearer, self.whole), self.view, self.persons)
        inside.setStretch(1, 3)
        inside.setStretch(2, 2)
        inside.setContentsMargins(0, 0, 0, 0)
        right.setLayout(inside)
        self.pair = beside(self.roots, right, (430, 700), (0, 1))
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        whole = column(self.flagged, self.nothing, self.pair, self.as_of)
        whole.setStretch(2, 1)
        whole.setContentsMargins(0, 8, 0, 0)
        self.setLayout(whole)
        self.roots.chosen.connect(lambda _row: self._draw())
        self.roots.opened.connect(lambda _row: self.view.setFocus())
        self.view.chosen.connect(self._stand)
        self.view.opened.connect(self._open)
        self.persons.opened.connect(lambda _row: self._open_person())
        self.persons.chosen.connect(lambda _row: self._point())

    def title(self) -> str:
        """链条."""
        return _("链条")

    def hint(self) -> str:
        """What to do here."""
        return _("看谁带来的人最多,先谢他;标红的循环转介先核对,不发权益。")

    def reload(self) -> None:
        """Read the chains."""
        self.page.read(self.views.chains, self._show)

    def focus_first(self) -> None:
        """The list of chains."""
        self.roots.setFocus()

    def place(self, argument: object) -> None:
        """Show the chain of a customer (number)."""
        if self.book is not None:
            of = self.book.chains
            places = [n for n, one in enumerate(of.persons) if one.customer_no == argument]
            roots = self._roots()
            for root in (root for root in roots if places and places[0] in of.below(root)):
                self.roots.go_to(roots.index(root))
                self.view.go_to(places[0])

    def _roots(self) -> list[int]:
        """The chains; who introduced nobody but himself is none."""
        of = self.book.chains if self.book is not None else ReferralChains()
        return [root for root in of.roots if of.sums[root].size]

    def _show(self, book: ChainBook) -> None:
        self.book = book
        of = book.chains
        self.flagged.setText("\n".join(book.warnings))
        self.flagged.setVisible(bool(book.warnings))
        roots = self._roots()
        self.nothing.setVisible(not roots)
        self.pair.setVisible(bool(roots))
        self.as_of.setText(
            _("资产为 {day} 名单上的;名单没有的不算零。").format(day=of.as_of)
            if of.as_of and of.roots
            else ""
        )
        self.roots.table.fill([ChainRow(of, root) for root in roots])
        if roots:
            self.roots.stay()
        self._draw()
        self.arrived.emit()

    def _draw(self) -> None:
        """Draw the chain under the keyboard."""
        row = self.roots.current()
        if not isinstance(row, ChainRow):
            self.view.draw(ReferralChains(), None)
            self.persons.table.fill([])
            return
        self.view.draw(row.of, row.place)
        self.persons.table.fill([ChainRow(row.of, place) for place in row.of.below(row.place)])

    def _stand(self, place: int) -> None:
        """The table follows the tree."""
        row = self.roots.current()
        if isinstance(row, ChainRow):
            self.persons.go_to(row.of.below(row.place).index(place))

    def _point(self) -> None:
        """The tree follows the table."""
        row = self.persons.current()
        if isinstance(row, ChainRow) and not self.view.hasFocus():
            self.view.go_to(row.place, quiet=True)

    def _open(self, place: int) -> None:
        self.open_customer(self.view.chains.persons[place].customer_no)

    def _open_person(self) -> None:
        row = self.persons.current()
        if isinstance(row, ChainRow):
            self.open_customer(row.customer_no)


def _root_columns() -> list[Column[ChainRow]]:
    return [
        Column(_("第一位转介人"), lambda x: x.person.name, 0, key=True),
        Column(_("直接介绍"), lambda x: str(x.sum.direct), 76, number=True, value=lambda x: x.sum.direct),
        Column(_("全部"), lambda x: str(x.sum.size), 50, number=True, value=lambda x: x.sum.size),
        Column(_("几层"), lambda x: str(x.sum.depth), 50, number=True, value=lambda x: x.sum.depth),
        Column(_("带来的资产"), lambda x: x.brought, 92, number=True, value=lambda x: x.sum.fen,
               tip=lambda x: x.brought_tip),
    ]  # fmt: skip


def _person_columns() -> list[Column[ChainRow]]:
    return [
        Column(_("姓名"), lambda x: x.person.name, 0, key=True,
               ink=lambda x: "red" if x.place in x.of.flagged else None,
               tip=lambda x: _("在循环转介里") if x.place in x.of.flagged else None),
        Column(_("转介人"), lambda x: x.giver, 110),
        Column(_("日期"), lambda x: x.of.days[x.place], 94),
        Column(_("资产"), lambda x: person_words(x.person), 96, number=True, value=lambda x: x.person.assets_fen),
        Column(_("介绍了"), lambda x: str(x.sum.direct) if x.sum.direct else "", 60, number=True,
               value=lambda x: x.sum.direct),
    ]  # fmt: skip
