"""Editors of the values behind an operator in the builder: amounts, numbers, days, dates, texts and choices."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from functools import partial

from PySide6.QtCore import QDate, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QMenu, QPushButton, QSizePolicy, QWidget

from ui.pages.picker.forms import Form, choice, literal
from ui.widgets.parts import label, row
from workbench.base.dates import today
from workbench.base.i18n import _, commas
from workbench.base.terms import Term
from workbench.insight.language import tree
from workbench.insight.language.formatted import quoted

#: characters of a ticked choice that fit on its button
_SHORT = 10
_SIZES = {"万": 10_000, "元": 1, "亿": 100_000_000}


class ValueEdit(QWidget):
    """One editor; `changed()` while it is typed in. The base class is the editor of a form without values."""

    changed = Signal()

    def literals(self) -> tuple[str, ...]:
        """What was typed, in the language of conditions; () while it is not complete."""
        return ()

    def take(self, values: Sequence[str]) -> None:
        """Show literals of the language; the inverse of `literals`."""

    def _lay(self, *widgets: QWidget) -> None:
        line = row(*widgets, spacing=4)
        line.setContentsMargins(0, 0, 0, 0)
        line.setStretch(0, 1)
        self.setLayout(line)
        self.setFocusProxy(widgets[0])


def _number_line(width: int = 48) -> QLineEdit:
    made = QLineEdit()
    made.setMinimumWidth(width)
    return made


class NumberEdit(ValueEdit):
    """One number, or the two ends of a range; amounts with their unit, shares in percent."""

    def __init__(self, term: Term, count: int) -> None:
        super().__init__()
        self._kind = term.kind
        self.lines = [_number_line() for _end in range(count)]
        self.unit = QComboBox()
        parts: list[QWidget] = [self.lines[0]]
        if count == 2:
            parts += [label(_("到"), "second"), self.lines[1]]
        if term.kind == "money":
            for words, sign in ((_("万"), "万"), (_("元"), "元"), (_("亿"), "亿")):
                self.unit.addItem(words, sign)
            self.unit.setFixedWidth(58)
            self.unit.currentIndexChanged.connect(lambda _at: self.changed.emit())
            parts.append(self.unit)
        elif term.kind == "ratio":
            parts.append(label("%", "second"))
        elif term.unit:
            parts.append(label(term.unit, "second"))
        self._lay(*parts)
        for line in self.lines:
            line.setAccessibleName(term.label)
            line.textChanged.connect(lambda _text: self.changed.emit())

    def literals(self) -> tuple[str, ...]:
        """'50万', '15%' or '3' for each end; () while one is not a number."""
        numbers = [_typed(line.text()) for line in self.lines]
        if any(number is None for number in numbers):
            return ()
        unit = {"money": self.unit.currentData(), "ratio": "%"}.get(self._kind, "")
        return tuple(f"{number}{unit if unit != '元' else ''}" for number in numbers)

    def take(self, values: Sequence[str]) -> None:
        """Amounts in the first 万 or 亿 written; without one, in 万 where all are whole 万, else in 元."""
        figures = [_figure(value) for value in values]
        if self._kind == "money":
            large_units = [unit for _number, unit in figures if unit in ("万", "亿")]
            unit = (
                large_units[0]
                if large_units
                else "万"
                if all(n % 10_000 == 0 for n, _unit in figures)
                else "元"
            )
            self.unit.setCurrentIndex(self.unit.findData(unit))
            shown = [number * _SIZES.get(its or "元", 1) / _SIZES[unit] for number, its in figures]
        elif self._kind == "ratio":
            shown = [number if its == "%" else number * 100 for number, its in figures]
        else:
            shown = [number for number, _its in figures]
        for line, number in zip(self.lines, shown, strict=False):
            line.setText(_plain(number))


class DaysEdit(ValueEdit):
    """A whole number: days, or a month."""

    def __init__(self, unit: str) -> None:
        super().__init__()
        self.line = _number_line()
        self._lay(self.line, label(unit, "second"))
        self.line.textChanged.connect(lambda _text: self.changed.emit())

    def literals(self) -> tuple[str, ...]:
        """The digits; () for anything else."""
        text = self.line.text().strip()
        return (text,) if text.isdecimal() and text.isascii() else ()

    def take(self, values: Sequence[str]) -> None:
        """Show a whole number; anything else empties the line."""
        node = literal(values[0]) if values else None
        self.line.setText(node.text if isinstance(node, tree.Number) else "")


class DateEdit(ValueEdit):
    """A day, or the two ends of a range."""

    def __init__(self, count: int) -> None:
        super().__init__()
        day = today()
        self.dates = []
        for _end in range(count):
            made = QDateEdit(QDate(day.year, day.month, day.day))
            made.setDisplayFormat("yyyy-MM-dd")
            made.setCalendarPopup(True)
            made.dateChanged.connect(lambda _day: self.changed.emit())
            self.dates.append(made)
        self._lay(*self.dates)

    def literals(self) -> tuple[str, ...]:
        """'YYYY-MM-DD' for each end."""
        return tuple(one.date().toString("yyyy-MM-dd") for one in self.dates)

    def take(self, values: Sequence[str]) -> None:
        """Show dates."""
        for one, value in zip(self.dates, values, strict=False):
            one.setDate(QDate.fromString(value, "yyyy-MM-dd"))


class WordsEdit(ValueEdit):
    """A piece of text."""

    def __init__(self) -> None:
        super().__init__()
        self.line = QLineEdit()
        self._lay(self.line)
        self.line.textChanged.connect(lambda _text: self.changed.emit())

    def literals(self) -> tuple[str, ...]:
        """The text in quotes; () while it is empty."""
        text = self.line.text().strip()
        return (quoted(text),) if text else ()

    def take(self, values: Sequence[str]) -> None:
        """Show the text without its quotes."""
        node = literal(values[0]) if values else None
        self.line.setText(tree.word_of(node) if node is not None else "")


class ChoiceEdit(ValueEdit):
    """One value of an enumeration, with its label."""

    def __init__(self, term: Term) -> None:
        super().__init__()
        self._term = term
        self.combo = QComboBox()
        for code, words in term.values:
            self.combo.addItem(words, code)
        self.combo.setMinimumWidth(76)
        self._lay(self.combo)
        self.combo.currentIndexChanged.connect(lambda _at: self.changed.emit())

    def literals(self) -> tuple[str, ...]:
        """The chosen code in quotes."""
        code = self.combo.currentData()
        return (quoted(str(code)),) if code is not None else ()

    def take(self, values: Sequence[str]) -> None:
        """Choose by code or label; an unknown value chooses the first."""
        if values:
            self.combo.setCurrentIndex(max(0, self.combo.findData(choice(self._term, values[0]))))


class ManyEdit(ValueEdit):
    """Several values of an enumeration, ticked in a menu."""

    def __init__(self, term: Term) -> None:
        super().__init__()
        self._term = term
        self.open = QPushButton()
        self.open.setAutoDefault(False)
        menu = QMenu(self.open)
        self.ticks: dict[str, QAction] = {}
        for code, words in term.values:
            tick = menu.addAction(words)
            tick.setCheckable(True)
            tick.toggled.connect(partial(self._ticked))
            self.ticks[code] = tick
        self.open.setMenu(menu)
        self.open.setMinimumWidth(90)
        self.open.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._lay(self.open)
        self._say()

    def _ticked(self, _on: bool) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        ticked = [tick.text() for tick in self.ticks.values() if tick.isChecked()]
        names = commas(ticked)
        short = (
            names if len(names) <= _SHORT else _("{first} 等 {n} 个").format(first=ticked[0], n=len(ticked))
        )
        self.open.setText(short or _("选几个…"))
        self.open.setToolTip(names)

    def literals(self) -> tuple[str, ...]:
        """The ticked codes in quotes, in the order of the menu."""
        return tuple(quoted(code) for code, tick in self.ticks.items() if tick.isChecked())

    def take(self, values: Sequence[str]) -> None:
        """Tick these values, and no others."""
        wanted = {choice(self._term, value) for value in values}
        for code, tick in self.ticks.items():
            tick.setChecked(code in wanted)


class ContactEdit(ValueEdit):
    """A channel or a result, and within how many days; no days: ever."""

    def __init__(self, term: Term) -> None:
        super().__init__()
        self.what = ChoiceEdit(term)
        self.days = _number_line(52)
        self.days.setPlaceholderText(_("不限"))
        self.days.setMaximumWidth(60)
        self._lay(self.what, self.days, label(_("天内"), "second"))
        self.what.changed.connect(self.changed)
        self.days.textChanged.connect(lambda _text: self.changed.emit())

    def literals(self) -> tuple[str, ...]:
        """The channel or result and, if given, the days; () while the days are not a number."""
        days = self.days.text().strip()
        if days and not (days.isdecimal() and days.isascii()):
            return ()
        return (*self.what.literals(), *((days,) if days else ()))

    def take(self, values: Sequence[str]) -> None:
        """Show the channel or result, and the days if there are any."""
        self.what.take(values[:1])
        self.days.setText(values[1] if len(values) > 1 else "")


def value_edit(term: Term, form: Form) -> ValueEdit:
    """The editor for a form of a term; an empty one where nothing is typed."""
    if form.values == 0:
        return ValueEdit()
    if form.edit == "contact":
        return ContactEdit(term)
    if form.edit in ("days", "month"):
        return DaysEdit(_("天") if form.edit == "days" else _("月"))
    if form.edit == "many":
        return ManyEdit(term)
    match term.kind:
        case "enum":
            return ChoiceEdit(term)
        case "text":
            return WordsEdit()
        case "date":
            return DateEdit(form.values)
    return NumberEdit(term, form.values)


def _typed(text: str) -> str | None:
    """A number as a person types it, None when it is none."""
    plain = text.strip().replace(",", "").replace("−", "-")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    return _plain(number) if number.is_finite() else None


def _figure(text: str) -> tuple[Decimal, str]:
    """A literal number and its unit."""
    node = literal(text)
    if isinstance(node, tree.Negative) and isinstance(node.inner, tree.Number):
        return -Decimal(node.inner.text), node.inner.unit
    if isinstance(node, tree.Number):
        return Decimal(node.text), node.unit
    return Decimal(0), ""


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
