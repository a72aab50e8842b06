"""Goals on 本周: each with what is reached and its pace; without any, one link that sets them."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from ui.page import Page
from ui.widgets.form import FormDialog
from ui.widgets.parts import Card, button, label
from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.base.money import to_fen
from workbench.outreach.goals.progress import GoalProgress
from workbench.outreach.goals.registry import MEASURES, GoalMeasure
from workbench.outreach.goals.room import OFFICE, OWN, GoalKey
from workbench.outreach.goals.span import spans_on

#: pixels of a field for one goal
_FIELD = 92


class GoalsCard(QWidget):
    """The card of the goals of a page; hidden but for a link while none is set."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.link = button(_("定本月和本季的目标"), self.edit, "link")
        self.change = button(_("改目标"), self.edit, "link")
        self.card = Card(_("目标"), self.change)
        self.dialog: GoalsDialog | None = None
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.card)
        lines.addWidget(self.link)
        self.fill(())

    def ask(self) -> None:
        """Read the goals beside the page."""
        self._page.read(self._page.workbench.outreach.goals.progress, self.fill, key="goals")

    def fill(self, goals: Sequence[GoalProgress]) -> None:
        """Show the goals."""
        self.card.clear()
        for one in goals:
            self.card.body.addWidget(label(one.title, "heading", wrap=True))
            self.card.body.addWidget(label(one.sentence, "red" if one.behind else "second", wrap=True))
        dated = max((one.at for one in goals if one.measure.counted_in == "lists"), default="")
        self.card.note.setText(_("数据日期 {date}").format(date=dated) if dated else "")
        self.card.setVisible(bool(goals))
        self.link.setVisible(not goals)

    def edit(self) -> None:
        """Set the goals."""
        self.dialog = GoalsDialog(self._page)
        self.dialog.open()


class GoalsDialog(FormDialog):
    """A field for every measure, of month and quarter, own and head office's. Enter keeps."""

    def __init__(self, page: Page) -> None:
        super().__init__(page.workbench, page.tasks, _("目标"), _("记下"), page)
        self.fields: dict[GoalKey, QLineEdit] = {}
        month, quarter = spans_on(today())
        heads = (
            (month.code, OWN, _("本月自定")), (month.code, OFFICE, _("本月总行")),
            (quarter.code, OWN, _("本季自定")), (quarter.code, OFFICE, _("本季总行")),
        )  # fmt: skip
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        for at, measure in enumerate(MEASURES, 1):
            grid.addWidget(label(measure.name, "second"), at, 0)
            for across, (period, whose, words) in enumerate(heads, 1):
                if at == 1:
                    grid.addWidget(label(words, "second"), 0, across)
                field = QLineEdit()
                field.setMinimumWidth(_FIELD)
                field.setPlaceholderText(_("如 500万") if measure.unit == "fen" else _("如 60"))
                field.setAccessibleName(f"{measure.name} {words}")
                self.fields[(period, measure.code, whose)] = field
                grid.addWidget(field, at, across)
        box = QWidget()
        box.setLayout(grid)
        self.line("", box)
        self.line("", label(_("空着的不定。金额可以写 500万;按回车记下。"), "second", wrap=True))
        next(iter(self.fields.values())).setFocus()
        page.tasks.run(self.workbench.outreach.goals.targets, self._show, owner=self)

    def _show(self, targets: Mapping[GoalKey, int]) -> None:
        for key, value in targets.items():
            field = self.fields.get(key)
            if field is not None and not field.text():
                field.setText(_written(_measure(key), value))

    def answer(self) -> None:
        """Keep what stands in the fields."""
        targets: dict[GoalKey, int | None] = {}
        for key, field in self.fields.items():
            text = field.text().strip()
            targets[key] = _read(_measure(key), text) if text else None
            if text and not targets[key]:
                self.say(_("「{text}」不是大于 0 的数。").format(text=text))
                field.setFocus()
                return
        self.write(lambda: self.workbench.outreach.goals.put(targets), words=_("目标已记下。"))


def _measure(key: GoalKey) -> GoalMeasure:
    return next(one for one in MEASURES if one.code == key[1])


def _read(measure: GoalMeasure, text: str) -> int | None:
    """The value that a text is; None where it is none."""
    if measure.unit == "fen":
        return to_fen(text)
    return int(text) if text.isdecimal() else None


def _written(measure: GoalMeasure, value: int) -> str:
    """A value as it is typed."""
    if measure.unit == "count":
        return str(value)
    yuan = value / 100
    return f"{yuan / 10_000:.12g}万" if yuan >= 10_000 else f"{yuan:.12g}"
