"""The head of the review: counts, how good the data are, what the sheet was taken for, its date and unit."""

from collections.abc import Sequence

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QFrame, QLineEdit, QRadioButton, QVBoxLayout

from ui.pages.imports.open_points import lacks
from ui.pages.imports.tab import SheetTab, ShownSheet
from ui.widgets.parts import label, restyle, row
from ui.widgets.wrapped import Strip, together
from workbench.base.i18n import _
from workbench.intake.report import Quality, SheetReport
from workbench.rules.parameters import Rules

UNITS = ("元", "千元", "万元")


class ReviewHead(SheetTab):
    """The lines above the tabs; `skipped` holds the names of the sheets that a person left out."""

    def __init__(self, rules: Rules) -> None:
        super().__init__()
        self.rules = rules
        self.skipped: set[str] = set()
        self.counts = label("", "heading", wrap=True)
        self.quality = label("", "chip")
        self.dialect = label("", "chip")
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("这张表是什么"))
        self.kind.setMinimumWidth(120)
        self.kind.activated.connect(lambda _at: self._kind())
        self.as_of = QLineEdit()
        self.as_of.setFixedWidth(110)
        self.as_of.setPlaceholderText("2026-10-31")
        self.as_of.setAccessibleName(_("数据日期"))
        self.as_of.editingFinished.connect(self._date)
        self.unit = QComboBox()
        self.unit.addItems(UNITS)
        self.unit.setAccessibleName(_("金额单位"))
        self.unit.activated.connect(lambda _at: self._unit())
        self.skip = QCheckBox(_("这张表不导入"))
        self.skip.clicked.connect(self._skip)
        self.missing = label("", "red")
        self.again = QFrame()
        self.again_words = label("", wrap=True)
        self.replace = QRadioButton(_("替换上一版"))
        self.add = QRadioButton(_("与上一版合并"))
        self._assemble()

    def _assemble(self) -> None:
        group = QButtonGroup(self)
        for choice, replaces in ((self.replace, True), (self.add, False)):
            group.addButton(choice)
            choice.clicked.connect(lambda _on, replaces=replaces: self._reissue(replaces))
        self.again.setProperty("role", "card")
        line = row(self.again_words, self.replace, self.add)
        line.setStretch(0, 1)
        line.setContentsMargins(12, 6, 12, 6)
        self.again.setLayout(line)
        upper = Strip(self.counts, self.dialect, self.quality, gap=8)
        words = [label(text, "second") for text in (_("这是"), _("数据日期"), _("金额单位"))]
        for word, field in zip(words, (self.kind, self.as_of, self.unit), strict=True):
            word.setBuddy(field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(upper)
        layout.addWidget(
            Strip(
                together(words[0], self.kind), together(words[1], self.as_of, self.missing),
                together(words[2], self.unit), self.skip, gap=12,
            )
        )  # fmt: skip
        layout.addWidget(self.again)

    # -- showing -------------------------------------------------------------------------------------------

    def put(self, shown: ShownSheet) -> None:
        """Show counts, quality, kind, date and unit of a sheet; a date being typed is left alone."""
        super().put(shown)
        sheet = shown.sheet
        self.counts.setText("   ".join(_counts(sheet)))
        self._put_quality(sheet.quality)
        self.dialect.setVisible(bool(sheet.dialect))
        self.dialect.setText(_("按表式“{dialect}”读取").format(dialect=sheet.dialect))
        self.kind.clear()
        for kind, words in kinds(shown):
            self.kind.addItem(words, kind)
        self.kind.setCurrentIndex(self.kind.findData(sheet.kind))
        if not self.as_of.hasFocus() or sheet.as_of:
            self.as_of.setText(sheet.as_of or "")
        undated = lacks(sheet, "no_as_of") and sheet.sheet not in self.skipped
        self.missing.setVisible(undated)
        self.missing.setText(_("请填写数据日期,例如 2026-10-31"))
        restyle(self.as_of, "role", "missing" if undated else "")
        self.unit.setCurrentText(sheet.unit)
        self.skip.setChecked(sheet.sheet in self.skipped)
        reissue = next((one for one in sheet.problems if one.code == "reissue"), None)
        self.again.setVisible(reissue is not None)
        if reissue is not None:
            self.again_words.setText(reissue.message)
            (self.replace if sheet.replaces is not None else self.add).setChecked(True)

    def _put_quality(self, quality: Quality | None) -> None:
        self.quality.setVisible(quality is not None)
        if quality is None:
            return
        doubtful = quality.score < self.rules.number("intake.quality_doubtful")
        words = _("数据质量 {score}").format(score=f"{quality.score:.0f}")
        self.quality.setText(_("{quality} · 数据存疑").format(quality=words) if doubtful else words)
        restyle(self.quality, "role", "alarm_chip" if doubtful else "chip")
        self.quality.setToolTip(quality_words(quality))

    # -- choosing ------------------------------------------------------------------------------------------

    def _kind(self) -> None:
        kind = self.kind.currentData()
        if self.shown is not None and kind != self.shown.sheet.kind:
            self.decide(lambda session, name: session.set_kind(name, kind))

    def _date(self) -> None:
        entered = self.as_of.text().strip()
        if self.shown is not None and entered and entered != (self.shown.sheet.as_of or ""):
            self.decide(lambda session, name: session.set_as_of(name, entered))

    def _unit(self) -> None:
        unit = self.unit.currentText()
        if self.shown is not None and unit != self.shown.sheet.unit:
            self.decide(lambda session, name: session.set_unit(name, unit))

    def _skip(self, skipped: bool) -> None:
        if self.shown is not None:
            (self.skipped.add if skipped else self.skipped.discard)(self.shown.name)
            self.decide(lambda session, name: session.skip(name, skipped))

    def _reissue(self, replaces: bool) -> None:
        self.decide(lambda session, name: session.set_reissue(name, replaces))


def kinds(shown: ShownSheet) -> Sequence[tuple[str, str]]:
    """The kinds to choose from as (code, words); 'not recognised' only while that is so."""
    known = shown.session.kinds()
    return [("none", _("认不出是什么")), *known] if shown.sheet.kind == "none" else known


def quality_words(quality: Quality) -> str:
    """The five parts of the quality score, one a line."""
    parts = (
        (_("完整(该有的格子填了多少)"), quality.completeness),
        (_("正确(没有问题的格子)"), quality.validity),
        (_("唯一(没有重复的客户)"), quality.uniqueness),
        (_("连续(上月客户还在的比例)"), quality.continuity),
        (_("及时(离数据日期多久)"), quality.timeliness),
    )
    return "\n".join(
        _("{part}:{share}").format(part=words, share=_("说不出") if share is None else f"{share:.0%}")
        for words, share in parts
    )


def _counts(sheet: SheetReport) -> list[str]:
    counts = [
        _("{n} 行").format(n=f"{sheet.rows:,}"),
        _("新增 {n}").format(n=f"{sheet.new:,}"),
        _("变化 {n}").format(n=f"{sheet.changed:,}"),
        _("未变 {n}").format(n=f"{sheet.unchanged:,}"),
    ]
    if sheet.kind in ("customers", "none"):
        counts.append(_("不在名单上 {n}").format(n=f"{sheet.vanished:,}"))
    return [*counts, _("未导入 {n}").format(n=f"{sheet.refused:,}")]
