"""八大客群: customers, assets and undecided customers per segment; every figure leads to its customers (domain 2.3)."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from ui.tasks import Tasks
from ui.widgets.parts import Card, beside, button, column, empty, flow, label, row
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.widgets.unseen_line import UnseenLine
from ui.widgets.wrapped import Strip
from workbench.base.i18n import _, commas
from workbench.base.money import wan
from workbench.insight.genes.board import MAIN, SegmentBoard, SegmentRow
from workbench.insight.genes.canvas import segment_of
from workbench.insight.measures.unseen import Unseen, in_words

Go = Callable[[str, object], object]


class SegmentsTab(QWidget):
    """The table of the eight at the left, one of them in full at the right."""

    def __init__(self, tasks: Tasks, go: Go, map_of: Callable[[str], object]) -> None:
        super().__init__()
        self._go = go
        self._map_of = map_of
        self.table = Table(
            [
                Column(_("客群"), lambda x: x.name, 112, key=True, tip=lambda x: x.positioning),
                Column(_("户数"), lambda x: f"{x.customers:,}", 64, number=True),
                Column(_("资产"), lambda x: wan(x.aum_fen), 88, number=True, fen=lambda x: x.aum_fen),
                Column(
                    _("占可判断"), lambda x: "—" if x.share is None else f"{x.share:.1%}", 72, number=True,
                    tip=lambda x: _("分母是这一类能判断的客户"),
                ),
                Column(_("主客群"), lambda x: f"{x.primary:,}", 64, number=True),
                Column(
                    _("无法判断"), lambda x: f"{x.unknown:,}", 76, number=True,
                    ink=lambda x: "second" if not x.unknown else None,
                ),
                Column(
                    _("缺什么"), lambda x: commas(name for name, _n in x.missing) or "—", 0,
                    tip=lambda x: commas(f"{name} {n:,}" for name, n in x.missing), ink=lambda x: "second",
                ),
            ],
            tasks,
            name="genes.segments",
        )  # fmt: skip
        self.table.opened.connect(lambda _number: self._open())
        self.table.chosen.connect(lambda _number: self._show())
        self.unseen = UnseenLine(lambda: go("imports", None))
        self.open_ones = button("", lambda: go("picker", f"{MAIN} is missing"), "link")
        self.unsorted = button("", lambda: go("picker", f"{MAIN} = none"), "link")
        self.detail = Card()
        foot = Strip(
            label(_("一位客户可以属于几类;主客群只有一个。"), "second", wrap=True),
            self.open_ones,
            self.unsorted,
            gap=8,
        )
        inside = QWidget()
        left = column(self.unseen, self.table, foot)
        left.setStretch(1, 1)
        left.setContentsMargins(0, 0, 0, 0)
        inside.setLayout(left)
        area = flow(column(self.detail))
        area.setMinimumWidth(320)
        body = column(beside(inside, area, (600, 400), (3, 2)))
        body.setContentsMargins(0, 8, 0, 0)
        self.setLayout(body)

    def fill(self, board: SegmentBoard) -> None:
        """Show the eight segments; the row under the keyboard stays."""
        # nobody can be judged: one line with what is missing
        untold = [one for one in board.rows if one.share is None and one.unknown]
        self.table.table.fill([one for one in board.rows if one not in untold])
        self.unseen.show_parts(
            in_words(Unseen(one.name, tuple(name for name, _n in one.missing)) for one in untold)
        )
        self.table.stay()
        self.open_ones.setText(_("主客群待定 {n} 户").format(n=f"{board.open:,}"))
        self.unsorted.setText(_("未分群 {n} 户").format(n=f"{board.unsorted:,}"))
        self._show()

    def _open(self) -> None:
        segment: SegmentRow | None = self.table.current()
        if segment is not None:
            self._go("picker", segment.where)

    def _show(self) -> None:
        segment: SegmentRow | None = self.table.current()
        empty(self.detail.body)
        if segment is None:
            return
        definition = segment_of(segment.code)
        put = self.detail.body.addWidget
        put(label(segment.name, "heading"))
        put(label(segment.positioning, "second", wrap=True))
        put(label(_("{definition}。").format(definition=_(definition.definition)), wrap=True))
        for words, number, text in (
            (_("命中 {n} 户"), segment.customers, segment.where),
            (_("作为主客群 {n} 户"), segment.primary, segment.where_primary),
            (_("无法判断 {n} 户"), segment.unknown, segment.where_unknown),
        ):
            put(button(words.format(n=f"{number:,}"), partial(self._go, "picker", text), "link"))
        if segment.missing:
            put(label(_("缺的列(户数):"), "second"))
            put(label(commas(f"{name} {n:,}" for name, n in segment.missing), wrap=True))
            put(label(_("下次联系可以问:"), "second"))
            lacking = {name for name, _n in segment.missing}
            questions = [_(ask) for name, ask in definition.inputs if self._field_label(name) in lacking]
            for ask in questions[:4]:
                put(label("· " + ask, wrap=True))
        put(label(_("佐证:{what}").format(what=_(definition.confirm)), "second", wrap=True))
        put(
            label(
                _("钩子:{what}").format(what=commas(_(hook) for hook in definition.hooks)),
                "second",
                wrap=True,
            )
        )
        made = button(_("看作战画布"), lambda: self._map_of(segment.code))
        self.detail.body.addLayout(row(made, None))
        self.detail.body.addStretch(1)

    @staticmethod
    def _field_label(name: str) -> str:
        from workbench.insight.genes.wording import called

        return called(name)
