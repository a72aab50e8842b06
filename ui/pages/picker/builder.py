"""The condition built by hand: groups inside groups, each holding rows of which all, any or none must be met."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout, QWidget

from ui.pages.picker.forms import Find, finder, read
from ui.pages.picker.rows import RowEdit, Suggest
from ui.widgets.parts import button, label, row
from workbench.base.i18n import _
from workbench.base.terms import Term
from workbench.insight.language.builder import ConditionGroup, Row, of_groups


class GroupEdit(QFrame):
    """One group. `changed()` when it or anything inside changed; `gone(self)` requests its removal."""

    changed = Signal()
    gone = Signal(object)

    def __init__(self, suggest: Suggest, *, inside: bool = False) -> None:
        super().__init__()
        self._suggest = suggest
        if inside:
            self.setProperty("role", "card")
        self.combination = QComboBox()
        for words, code in (
            (_("全部满足"), "all"),
            (_("任一满足"), "any"),
            (_("都不满足"), "none"),
        ):
            self.combination.addItem(words, code)
        self.combination.setAccessibleName(_("这一组怎么算"))
        self.combination.currentIndexChanged.connect(lambda _at: self.changed.emit())
        self.add_row = button(_("+ 条件"), self.new_row, "link", tip="Ctrl+D")
        self.add_group = button(_("+ 一组条件"), self.new_group, "link")
        remove = button("×", lambda: self.gone.emit(self), "link", tip=_("去掉这一组"))
        remove.setAccessibleName(_("去掉这一组"))
        remove.setVisible(inside)
        self.parts: list[RowEdit | GroupEdit] = []
        self._body = QVBoxLayout()
        self._body.setSpacing(4)
        layout = QVBoxLayout(self)
        side = 8 if inside else 0
        layout.setContentsMargins(side, side // 2, side // 2, side // 2)
        layout.setSpacing(4)
        layout.addLayout(row(self.combination, None, self.add_row, self.add_group, remove, spacing=2))
        layout.addLayout(self._body)

    # -- changing ------------------------------------------------------------------------------------------

    def new_row(self) -> RowEdit:
        """Add an empty row and put the keyboard in it."""
        made = RowEdit(self._suggest)
        self._add(made)
        made.subject.setFocus()
        return made

    def new_group(self) -> "GroupEdit":
        """Add an inner group with one empty row; all-of and any-of alternate, as nesting needs no other."""
        made = GroupEdit(self._suggest, inside=True)
        made.combination.setCurrentIndex(0 if self.combination.currentData() == "any" else 1)
        self._add(made)
        made.new_row()
        return made

    def _add(self, part: "RowEdit | GroupEdit") -> None:
        self.parts.append(part)
        self._body.addWidget(part)
        part.changed.connect(self.changed)
        part.gone.connect(self._drop)

    def _drop(self, part: "RowEdit | GroupEdit") -> None:
        self.parts.remove(part)
        self._body.removeWidget(part)
        part.hide()
        part.deleteLater()
        self.add_row.setFocus()
        self.changed.emit()

    # -- from and to groups of the language ----------------------------------------------------------------

    def group(self) -> ConditionGroup:
        """The group as the condition language has it."""
        parts = tuple(part.row() if isinstance(part, RowEdit) else part.group() for part in self.parts)
        return ConditionGroup(self.combination.currentData(), parts)

    def show_group(self, group: ConditionGroup, find: Find) -> None:
        """Replace the rows by those of a group."""
        self.blockSignals(True)
        for part in self.parts:
            self._body.removeWidget(part)
            part.hide()
            part.deleteLater()
        self.parts = []
        self.combination.setCurrentIndex(self.combination.findData(group.combination))
        for part_of in group.parts:
            self._show(part_of, find)
        self.blockSignals(False)

    def _show(self, part: "ConditionGroup | Row", find: Find) -> None:
        if isinstance(part, Row):
            self._add(self._row(part, find))
            return
        if part.combination == "none" and len(part.parts) == 1 and isinstance(part.parts[0], Row):
            filled = read(part.parts[0], find, negated=True)
            if filled is not None:
                made = RowEdit(self._suggest)
                made.show_filled(filled)
                self._add(made)
                return
        inner = GroupEdit(self._suggest, inside=True)
        inner.show_group(part, find)
        self._add(inner)

    def _row(self, condition: Row, find: Find) -> RowEdit:
        made = RowEdit(self._suggest)
        filled = read(condition, find)
        if filled is not None:
            made.show_filled(filled)
        else:
            made.show_by_hand(condition, of_groups(ConditionGroup("all", (condition,))))
        return made

    def by_hand(self) -> bool:
        """Whether a row here or inside can only be changed in the text."""
        return any(part.by_hand if isinstance(part, RowEdit) else part.by_hand() for part in self.parts)


class Builder(QWidget):
    """The outermost group, and a note where the text says more than rows can show. `changed(ConditionGroup)`."""

    changed = Signal(object)

    def __init__(self, suggest: Suggest) -> None:
        super().__init__()
        self.root = GroupEdit(suggest)
        self.root.changed.connect(lambda: self.changed.emit(self.root.group()))
        self.note = label(
            _("灰色的条件用了算式或函数,在这里只能去掉;要改请改下面的文字。"), "second", wrap=True
        )
        self.note.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.root)
        layout.addWidget(self.note)
        layout.addStretch(1)

    def show_group(self, group: ConditionGroup, terms: Sequence[Term]) -> None:
        """Show a condition; `terms` are the terms that it reads."""
        if group == self.root.group():
            return
        if group.combination == "none":
            group = ConditionGroup("all", (group,)) if _single_row(group) else group
        self.root.show_group(group, finder(terms))
        self.note.setVisible(self.root.by_hand())


def _single_row(group: ConditionGroup) -> bool:
    return len(group.parts) == 1 and isinstance(group.parts[0], Row)
