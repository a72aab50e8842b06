"""One row of the builder: a term found by typing, a comparison, a value; or a condition that only the text can change."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLineEdit, QListView, QWidget

from ui.pages.picker.forms import FilledRow, Form, forms, written
from ui.pages.picker.values import ValueEdit, value_edit
from ui.widgets.parts import button, label
from workbench.base.i18n import _
from workbench.base.terms import Term
from workbench.insight.language.builder import Row
from workbench.insight.language.kinds import kind_word

#: `suggest(prefix, show, owner)` looks terms up in the background and calls `show` with them, unless `owner` is gone
Suggest = Callable[[str, Callable[[Sequence[Term]], object], QObject], object]


class TermEdit(QLineEdit):
    """Finds a term while it is typed; `chosen(Term)`. Enter takes the first hit, Down shows the usual terms."""

    chosen = Signal(object)

    def __init__(self, suggest: Suggest) -> None:
        super().__init__()
        self.term: Term | None = None
        self._suggest = suggest
        self._terms: tuple[Term, ...] = ()
        self._wanted = ""
        self.setPlaceholderText(_("字段、标签、指标…"))
        self._items = QStandardItemModel(self)
        self.hits = QCompleter(self._items, self)
        self.hits.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.hits.setMaxVisibleItems(12)
        self.popup = QListView()
        self.popup.setMinimumWidth(280)
        self.hits.setPopup(self.popup)
        self.hits.setWidget(self)
        self.popup.clicked.connect(self._picked)
        self.hits.activated.connect(self._named)
        self.textEdited.connect(self.ask)

    def show_term(self, term: Term) -> None:
        """Show a chosen term by its label."""
        self.term = term
        self.setText(term.label)
        self.setCursorPosition(0)
        self.setToolTip(_about(term))

    def ask(self, prefix: str = "") -> None:
        """Look up terms that begin with `prefix`; '' gives the usual ones."""
        self._wanted = prefix
        self._suggest(prefix, lambda terms: self._offer(prefix, terms), self)

    def _offer(self, prefix: str, terms: Sequence[Term]) -> None:
        if prefix != self._wanted:
            return
        self._terms = tuple(terms)
        self._items.clear()
        for term in terms:
            item = QStandardItem(_about(term))
            item.setData(term.label, Qt.ItemDataRole.EditRole)
            item.setData(_about(term), Qt.ItemDataRole.DisplayRole)
            self._items.appendRow(item)
        if not terms or not self.hasFocus():
            self.popup.hide()
            return
        self.hits.complete()
        self.popup.setCurrentIndex(self.hits.completionModel().index(0, 0))

    def _picked(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._terms):
            self._take(self._terms[index.row()])

    def _named(self, label: str) -> None:
        term = next((term for term in self._terms if term.label == label), None)
        if term is not None and term is not self.term:
            self._take(term)

    def _take(self, term: Term) -> None:
        self.popup.hide()
        self.show_term(term)
        self.chosen.emit(term)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the first hit, Down opens the hits."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            fresh = self.term is None or self.text() != self.term.label
            if fresh and self._terms and self._wanted == self.text():
                self._take(self._terms[max(0, self.popup.currentIndex().row())])
            return
        if event.key() == Qt.Key.Key_Down and not self.popup.isVisible():
            self.ask("" if self.term is not None and self.text() == self.term.label else self.text())
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the label of the chosen term again, whatever was typed."""
        super().focusOutEvent(event)
        if self.term is not None and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.setText(self.term.label)
            self.setCursorPosition(0)


class RowEdit(QWidget):
    """`changed()` when its condition changed, `gone(self)` requests its removal; `row()` is the condition."""

    changed = Signal()
    gone = Signal(object)

    def __init__(self, suggest: Suggest) -> None:
        super().__init__()
        self.filled: FilledRow | None = None
        self._by_hand: Row | None = None
        self._forms: tuple[Form, ...] = ()
        self._quiet = False
        self.subject = TermEdit(suggest)
        self.subject.chosen.connect(self._chose)
        self.form = QComboBox()
        self.form.setMinimumWidth(88)
        self.form.setAccessibleName(_("怎么比"))
        self.form.currentIndexChanged.connect(self._chose_form)
        self.value: ValueEdit = ValueEdit()
        self.words = label("", "second", wrap=True)
        self.remove = button("×", lambda: self.gone.emit(self), "link", tip=_("去掉这一行"))
        self.remove.setAccessibleName(_("去掉这一行"))
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(4)
        self._line.addWidget(self.subject, 4)
        self._line.addWidget(self.form)
        self._line.addWidget(self.value, 5)
        self._line.addWidget(self.words, 1)
        self._line.addWidget(self.remove)
        self.form.hide()
        self.words.hide()

    def row(self) -> Row:
        """The row in the language of conditions; an empty row while it is not filled in."""
        if self._by_hand is not None:
            return self._by_hand
        if self.filled is None:
            return Row("")
        return written(FilledRow(self.filled.term, self.filled.form, self.value.literals()))

    @property
    def by_hand(self) -> bool:
        """Whether the row says more than its fields can show."""
        return self._by_hand is not None

    def show_filled(self, filled: FilledRow) -> None:
        """Show a row of a condition in the fields."""
        self._quiet = True
        self.subject.show_term(filled.term)
        self._offer_forms(filled.term)
        self.form.setCurrentIndex(self._forms.index(filled.form))
        self._put(filled.term, filled.form)
        self.value.take(filled.values)
        self._quiet = False

    def show_by_hand(self, row: Row, words: str) -> None:
        """Show a condition that only the text can change."""
        self._by_hand = row
        self.subject.hide()
        self.value.hide()
        self.words.setText(words)
        self.words.setToolTip(_("这一条用了算式或函数,请在下面的文字里改。"))
        self.words.show()

    def _chose(self, term: Term) -> None:
        self._quiet = True
        self._offer_forms(term)
        self._put(term, self._forms[0])
        self._quiet = False
        self.changed.emit()
        (self.value if self._forms[0].values else self.form).setFocus()

    def _chose_form(self, at: int) -> None:
        if self._quiet or self.filled is None or at < 0:
            return
        before, form = self.value.literals(), self._forms[at]
        old = self.filled.form
        self._put(self.filled.term, form)
        if before and (old.edit, old.values) == (form.edit, form.values):
            self.value.take(before)
        self.changed.emit()

    def _offer_forms(self, term: Term) -> None:
        self._forms = forms(term)
        self.form.clear()
        self.form.addItems([form.words for form in self._forms])
        self.form.show()

    def _put(self, term: Term, form: Form) -> None:
        self.filled = FilledRow(term, form)
        old, self.value = self.value, value_edit(term, form)
        self._line.replaceWidget(old, self.value)
        old.hide()
        old.deleteLater()
        self.value.show()
        self._line.setStretch(2, 5 if form.values else 0)
        self.value.changed.connect(self._typed)

    def _typed(self) -> None:
        if not self._quiet:
            self.changed.emit()


def _about(term: Term) -> str:
    """'资产月日均 · 金额', marked where no list has it."""
    wording = f"{term.label} · {kind_word(term.kind)}"
    if term.origin in ("tag", "own"):
        wording = (
            f"{term.label} · {_('标签') if term.origin == 'tag' else _('自建')} · {kind_word(term.kind)}"
        )
    return wording if term.reported else wording + _("(名单里没有)")
