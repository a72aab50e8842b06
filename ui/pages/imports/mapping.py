"""对应关系: the sheet's columns beside the fields they feed, and what the missing ones would unlock."""

from collections.abc import Callable, Collection

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QSplitter, QVBoxLayout, QWidget

from ui.pages.imports.tab import SheetTab, ShownSheet
from ui.widgets.delegates import ChoiceDelegate, Choices
from ui.widgets.parts import button, label, row
from ui.widgets.table_model import Column
from ui.widgets.tables import Table
from ui.widgets.wrapped import Strip, together
from workbench.base.i18n import _
from workbench.intake.columns.heading_keys import keys
from workbench.intake.report import ColumnMatch, Gap, SheetReport

#: columns that need a decision come first
_RANK = {"similar": 0, "asked": 0, "unknown": 2, "ignored": 3, "refused": 3}
_FIELD = 4
NONE = ""


class MappingTab(SheetTab):
    """Enter, F2 or a double click on a row chooses its field by typing; Tab leaves the table."""

    def __init__(self) -> None:
        super().__init__()
        self._choices: Choices = ()
        self.table = Table(self._columns(), name="imports.mapping")
        self.table.setAccessibleName(_("列的对应关系"))
        self.table.setItemDelegateForColumn(_FIELD, ChoiceDelegate(lambda _row: self._choices, self.table))
        self.table.opened.connect(self._edit)
        self.table.doubleClicked.connect(self._clicked)
        self.table.chosen.connect(lambda _number: self._tell_buttons())
        self.change = button(
            _("改对应的字段"), lambda: self._edit(self.table.currentIndex().row()), tip="Enter / F2"
        )
        self.release = button(_("不对应"), lambda: self._choose(None), tip=_("原值随行保存,不进任何字段"))
        self.custom = button(_("做成自定义字段"), self._make_custom, tip=_("按下面选的类型,另建一个字段"))
        self.table.offer(self.change, self.release, self.custom)
        self.custom_kind = QComboBox()
        self.custom_kind.setAccessibleName(_("自定义字段的类型"))
        for kind, words in (
            ("text", _("文字")), ("number", _("数字")), ("money", _("金额")), ("date", _("日期")), ("flag", _("是/否")),
        ):  # fmt: skip
            self.custom_kind.addItem(words, kind)
        self.custom_shown = QCheckBox(_("内容不遮盖"))
        self.custom_shown.setToolTip(_("不勾选时,屏幕、打印和文件里都看不到这个字段的内容"))
        self.similar = button(_("确认全部相似对应"), self.confirm_similar, "primary")
        self.gaps = Table(self._gap_columns(), name="imports.gaps")
        self.gaps.setAccessibleName(_("还缺哪些列"))
        self.gap_words = label("", "second", wrap=True)
        self._assemble()

    def _assemble(self) -> None:
        above = QWidget()
        upper = QVBoxLayout(above)
        upper.setContentsMargins(0, 8, 0, 0)
        upper.addWidget(self.table, 1)
        upper.addWidget(
            Strip(
                together(self.change, self.release),
                together(self.custom, self.custom_kind, self.custom_shown),
                self.similar,
                gap=12,
            )
        )
        below = QWidget()
        lower = QVBoxLayout(below)
        lower.setContentsMargins(0, 4, 0, 0)
        lower.addLayout(row(label(_("还缺哪些列"), "heading"), self.gap_words, None))
        lower.addWidget(self.gaps, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(above)
        split.addWidget(below)
        split.setStretchFactor(0, 5)
        split.setStretchFactor(1, 3)
        split.setSizes([320, 190])
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)

    def _columns(self) -> list[Column[ColumnMatch]]:
        return [
            Column(_("列"), lambda x: x.letter, 36),
            Column(_("表里的列名"), lambda x: x.header, 180, key=True, tip=lambda x: x.header),
            Column(_("前几格"), self._samples, 0, tip=self._samples_tip, ink=lambda x: "second"),
            Column("", lambda x: "→", 34, ink=lambda x: "second"),
            Column(
                _("对应的字段"), self._field_words, 200, ink=_match_ink,
                edit=self._edited, raw=lambda x: (x.feeds if x.why == "misfit" else x.field) or NONE,
            ),
            Column(_("怎么认出来的"), _how_words, 176, ink=_match_ink, tip=self._how_tip),
            Column(_("单位"), lambda x: x.unit if x.unit != "元" else "", 56),
        ]  # fmt: skip

    @staticmethod
    def _gap_columns() -> list[Column[Gap]]:
        return [
            Column(
                "",
                lambda x: "★" if x.star else "",
                34,
                ink=lambda x: "accent",
                tip=lambda x: _("最低限度要有的列"),
            ),
            Column(_("这份表没有"), lambda x: x.label, 220),
            Column(_("有了它才能用"), lambda x: x.unlocks, tip=lambda x: x.unlocks),
        ]

    # -- showing -------------------------------------------------------------------------------------------

    def put(self, shown: ShownSheet) -> None:
        """Show the columns of a sheet, those that need a decision first, and the columns it lacks."""
        super().put(shown)
        sheet = shown.sheet
        at = max(0, self.table.currentIndex().row())
        fields = shown.session.fields(sheet.kind) if sheet.kind != "none" else []
        self._choices = [(NONE, _("不对应(原样保留)")), *fields]
        ordered = sorted(sheet.mapping, key=_order(sheet))
        self.table.table.fill(ordered)
        similar = sum(1 for match in sheet.mapping if match.open and match.why != "misfit")
        self.similar.setVisible(bool(similar))
        self.similar.setText(_("确认全部相似对应({n})").format(n=similar))
        gaps = sorted(sheet.gaps, key=lambda gap: not gap.star)
        self.gaps.table.fill(gaps)
        starred = sum(1 for gap in gaps if gap.star)
        self.gap_words.setText(
            _("最低限度的列还缺 {n} 个。").format(n=starred)
            if starred
            else _("请总行补充下面的列,就能多用这些功能。")
            if gaps
            else _("该有的列都有了。")
        )
        if ordered:
            self.table.setCurrentIndex(
                self.table.table.index(min(at, self.table.table.rowCount() - 1), _FIELD)
            )
        self._tell_buttons()

    def start(self) -> QWidget:
        """The table of columns."""
        return self.table

    def title(self) -> str:
        """'对应关系 12'."""
        return _("对应关系 {n}").format(n=len(self.shown.sheet.mapping) if self.shown else 0)

    def go_to(self, subjects: Collection[str]) -> None:
        """Put the keyboard on the first of these columns (headings or fields); else on the first that feeds nothing."""
        sheet = self.shown.sheet if self.shown is not None else None
        self.table.table.keep_all()
        named = keys([match.header for match in sheet.mapping]) if sheet is not None else []
        wanted = (
            {match.index for match, key in zip(sheet.mapping, named, strict=True) if key in subjects}
            if sheet
            else set()
        )
        rows = [
            row
            for row in map(self.table.table.row, range(self.table.table.rowCount()))
            if isinstance(row, ColumnMatch)
        ]
        about = [at for at, row in enumerate(rows) if row.index in wanted]
        free = [at for at, row in enumerate(rows) if row.how == "unknown"]
        at = next(iter([*about, *free, 0]))
        self.table.setCurrentIndex(self.table.table.index(at, _FIELD))

    def _tell_buttons(self) -> None:
        match = self.current()
        free = match is not None and match.how not in ("refused", "ignored")
        self.change.setEnabled(free)
        self.release.setEnabled(free and match is not None and match.field is not None)
        self.custom.setEnabled(free and match is not None and match.custom is None)
        self.custom_kind.setEnabled(self.custom.isEnabled())
        self.custom_shown.setEnabled(self.custom.isEnabled())

    def current(self) -> ColumnMatch | None:
        """The column under the keyboard, None while there is none."""
        match = self.table.current()
        return match if isinstance(match, ColumnMatch) else None

    def _samples(self, match: ColumnMatch) -> str:
        return "  |  ".join(self._masked(match))

    def _samples_tip(self, match: ColumnMatch) -> str:
        return "\n".join(self._masked(match))

    def _masked(self, match: ColumnMatch) -> list[str]:
        if self.shown is None or match.how == "refused":
            return []
        return [self.shown.masked(match.fed, cell) for cell in match.samples if cell]

    def _field_words(self, match: ColumnMatch) -> str:
        if match.how == "refused":
            return _("(丢弃)")
        if match.custom:
            return _("{field}(自定义)").format(field=match.header)
        if match.field is None:
            return _("(不读)") if match.how == "ignored" else _("(原样保留)")
        return self.shown.label(match.field) if self.shown else match.field

    def _how_tip(self, match: ColumnMatch) -> str:
        dialect = self.shown.sheet.dialect if self.shown else ""
        if match.how == "remembered" and dialect:
            return _("表式“{dialect}”里记着这样对应").format(dialect=dialect)
        return _how_words(match)

    # -- choosing ------------------------------------------------------------------------------------------

    def _clicked(self, index: QModelIndex) -> None:
        if index.column() != _FIELD:
            self._edit(index.row())

    def _edit(self, number: int) -> None:
        match = self.table.table.row(number)
        if isinstance(match, ColumnMatch) and match.how not in ("refused", "ignored"):
            index = self.table.table.index(number, _FIELD)
            self.table.setCurrentIndex(index)
            self.table.edit(index)

    def _edited(self, number: int, key: str) -> None:
        match = self.table.table.row(number)
        if isinstance(match, ColumnMatch):
            self.choose(match.index, key or None)

    def choose(self, index: int, field: str | None) -> None:
        """Read the column at `index` as `field`; None keeps it as it is."""
        self.decide(lambda session, name: session.choose(name, index, field))

    def _choose(self, field: str | None) -> None:
        if (match := self.current()) is not None:
            self.choose(match.index, field)

    def confirm_similar(self) -> None:
        """Accept every field of this sheet that was matched by likeness."""
        self.decide(lambda session, name: session.confirm_similar(name))

    def _make_custom(self) -> None:
        if (match := self.current()) is not None:
            index, kind, shown = match.index, self.custom_kind.currentData(), self.custom_shown.isChecked()
            self.decide(lambda session, name: session.make_custom(name, index, kind, shown=shown))
            self.custom_shown.setChecked(False)


def _order(sheet: SheetReport) -> Callable[[ColumnMatch], tuple[int, int]]:
    """The place of a column: those that a question waits for come first."""
    subjects = {key for question in sheet.questions if not question.reason for key in question.subjects}
    names = keys([match.header for match in sheet.mapping])
    waiting = {match.index for match, key in zip(sheet.mapping, names, strict=True) if key in subjects}
    return lambda match: (0 if match.index in waiting else _RANK.get(match.how, 1), match.index)


def _how_words(match: ColumnMatch) -> str:
    words = {
        "exact": _("列名一致"),
        "normalised": _("列名的另一种叫法"),
        "similar": _("相似 {score}%,请确认").format(score=round(match.score)),
        "asked": _why_words(match),
        "remembered": _("以前记住的"),
        "chosen": _("手工指定"),
        "unknown": _("不认识,原样保留"),
        "refused": _("敏感列,已丢弃"),
        "ignored": _("本程序自己的列"),
    }
    return words[match.how]


def _why_words(match: ColumnMatch) -> str:
    """Why the field of an asked column is only proposed."""
    if match.why == "misfit":
        return _("内容与字段不符,请确认")
    return match.reason or _("按内容推测,请确认")


def _match_ink(match: ColumnMatch) -> str | None:
    return {
        "similar": "orange",
        "asked": "orange",
        "unknown": "second",
        "ignored": "second",
        "refused": "red",
    }.get(match.how)
