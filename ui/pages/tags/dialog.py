"""The editor of a tag: its words, and its rule checked and counted while it is typed."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ui.pages.tags.words import KIND_ORDER, kind_word
from ui.tasks import Tasks
from ui.widgets.parts import button, label, row
from ui.widgets.refusals import under_way
from workbench.base.change import Change
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.insight.tags.preview import TagPreview

if TYPE_CHECKING:
    from workbench.app import Workbench


class TagEditor(QDialog):
    """Edits a new tag, or another version of the tag `code` whose entry is `body`."""

    def __init__(
        self,
        workbench: "Workbench",
        tasks: Tasks,
        groups: Sequence[tuple[str, str]],
        body: Mapping[str, Any] | None = None,
        code: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self.tasks = tasks
        self.code = code
        self._before = dict(body or {})
        self.setWindowTitle(_("修改标签") if code else _("新建标签"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(640)
        self.short = QLineEdit(str(self._before.get("label", "")))
        self.short.setPlaceholderText(_("例如:殷实客户(不要用“非、不、无”开头)"))
        self.group = _combo(groups, str(self._before.get("group", "90")))
        self.by = _combo(
            [("rule", _("按规则计算")), ("hand", _("手工打"))], str(self._before.get("by", "rule"))
        )
        kinds = [(kind, kind_word(kind)) for kind in KIND_ORDER]
        self.kind = _combo(kinds, str(self._before.get("kind", "flag")))
        self.definition = QLineEdit(str(self._before.get("definition", "")))
        self.definition.setPlaceholderText(_("指哪些客户,边界在哪里"))
        self.principle = QLineEdit(str(self._before.get("principle", "")))
        self.principle.setPlaceholderText(_("为什么有用:能预示什么,或者怎样服务"))
        self.rule = QPlainTextEdit(self._written())
        self.rule.setMinimumHeight(96)
        self.rule.setTabChangesFocus(True)
        self.rule.setPlaceholderText(_("例如:资产月日均 >= 50万 and 距上次联系天数 > 60"))
        self.verdict = label("", "second", wrap=True)
        self.verdict.setMinimumHeight(72)
        self.verdict.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.save = button(_("保存"), self.keep, "primary")
        self.save.setEnabled(False)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(250)
        self._soon.timeout.connect(self.look)
        self._build()
        self._changed()

    def _build(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(12)
        for words, part in (
            (_("短名"), self.short), (_("分组"), self.group), (_("怎么来"), self.by), (_("类型"), self.kind),
            (_("概念"), self.definition), (_("原理"), self.principle), (_("规则"), self.rule), ("", self.verdict),
        ):  # fmt: skip
            form.addRow(label(words, "second"), part)
        for line in (self.short, self.definition, self.principle):
            line.textChanged.connect(self._changed)
        for combo in (self.group, self.by, self.kind):
            combo.currentIndexChanged.connect(self._changed)
        self.rule.textChanged.connect(self._changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addWidget(
            label(_("分档的规则每行写一个“取值: 条件”,从上往下第一条成立的算。"), "second", wrap=True)
        )
        layout.addLayout(row(None, button(_("取消"), self.reject), self.save))

    def _written(self) -> str:
        names = self._before.get("values", {})
        cases = [
            f"{names.get(value, value)}: {condition}" for value, condition in self._before.get("cases", ())
        ]
        return "\n".join(cases) or str(self._before.get("rule", ""))

    # -- what is written -----------------------------------------------------------------------------------

    def body(self) -> dict[str, Any]:
        """The tag's entry as far as it is filled in, in the form of the resource files."""
        entry: dict[str, Any] = {
            **self._before, "label": self.short.text().strip(), "group": self.group.currentData(),
            "by": self.by.currentData(), "kind": self.kind.currentData(),
            "definition": self.definition.text().strip(), "principle": self.principle.text().strip(),
        }  # fmt: skip
        for key in ("rule", "cases", "values"):
            entry.pop(key, None)
        text = self.rule.toPlainText().strip()
        if entry["kind"] == "enum":
            pairs = [line.partition(":") for line in text.replace("\uff1a", ":").splitlines() if line.strip()]
            codes = {name: code for code, name in self._before.get("values", {}).items()}
            coded = [
                (codes.get(name.strip(), name.strip()), name.strip(), rest.strip())
                for name, _c, rest in pairs
            ]
            entry["values"] = {code: name for code, name, _rest in coded}
            if entry["by"] == "rule":
                entry["cases"] = [[code, rest] for code, _name, rest in coded]
        elif entry["by"] == "rule":
            entry["rule"] = text
        return entry

    def _changed(self) -> None:
        self.rule.setEnabled(self.by.currentData() == "rule" or self.kind.currentData() == "enum")
        self.save.setEnabled(False)
        self._soon.start()

    def look(self) -> None:
        """Check the entry and count the customers it fits."""
        if not self.short.text().strip():
            self.verdict.setText(_("先写短名。"))
            return
        body, code, tags = self.body(), self.code, self.workbench.insight.tags
        self.verdict.setText(_("正在核对规则…"))
        self.tasks.run(
            lambda: tags.preview(body, code), self._show, failed=self._failed, owner=self, key=(self, "look")
        )

    def _show(self, preview: TagPreview) -> None:
        if preview.faults:
            self.verdict.setProperty("role", "red")
            self.verdict.setText("\n".join(fault.message for fault in preview.faults))
        else:
            self.verdict.setProperty("role", "second")
            self.verdict.setText(self._preview_words(preview))
            self.save.setEnabled(True)
        self.verdict.style().unpolish(self.verdict)
        self.verdict.style().polish(self.verdict)

    def _preview_words(self, preview: TagPreview) -> str:
        draft = (
            _("概念和原理没有写全,保存后是草稿。")
            if preview.tag is not None and preview.tag.status == "draft"
            else ""
        )
        if self.by.currentData() == "hand":
            return _("在画像上给客户打这个标签,要写理由。") + draft
        if self.kind.currentData() == "flag":
            counted = _("命中 {hit} 户,未命中 {no} 户,无法判断 {unknown} 户。").format(
                hit=f"{preview.hit:,}", no=f"{preview.no:,}", unknown=f"{preview.unknown:,}"
            )
        else:
            counted = _("有值 {hit} 户,无法判断 {unknown} 户。").format(
                hit=f"{preview.hit:,}", unknown=f"{preview.unknown:,}"
            )
        return "\n".join(part for part in (preview.words, counted, draft) if part)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, WorkbenchError):
            self.tasks.failed.emit(error)
            return
        self.verdict.setText(error.sentence())
        self.save.setEnabled(error.code == "no_data")

    def keep(self) -> None:
        """Store and close; a refusal is shown in the dialog."""
        body, code, tags = self.body(), self.code, self.workbench.insight.tags

        def job() -> Change:
            """On the book's thread."""
            return tags.save(body, code)

        words = _("标签“{label}”已保存").format(label=body["label"])
        failed = under_way(self, self.tasks, self._failed, self.save)
        self.tasks.write(job, lambda _change: self.accept(), words=words, failed=failed, owner=self)


def _combo(choices: Sequence[tuple[str, str]], chosen: str) -> QComboBox:
    made = QComboBox()
    for code, words in choices:
        made.addItem(words, code)
    made.setCurrentIndex(max(made.findData(chosen), 0))
    return made
