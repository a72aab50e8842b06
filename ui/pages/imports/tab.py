"""What the tabs of the import review share: the sheet shown, the choice handed up, masked cells and level words."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QWidget

from workbench.base.errors import RowProblem
from workbench.base.i18n import _
from workbench.intake.report import ColumnMatch, SheetReport
from workbench.people.privacy import masking

if TYPE_CHECKING:
    from workbench.intake.review.session import ImportSession

LEVELS = ("refuse", "warning", "info")
#: the colour role of a fault's level; hints stay in the colour of the words
LEVEL_INK = {"refuse": "red", "warning": "orange"}
Choice = Callable[["ImportSession"], object]


@dataclass(frozen=True)
class ShownSheet:
    """One sheet under review with the words for its fields."""

    session: "ImportSession"
    sheet: SheetReport
    #: field key -> label
    labels: dict[str, str]

    @property
    def name(self) -> str:
        """The sheet's name in the file."""
        return self.sheet.sheet

    def label(self, field: str) -> str:
        """The label of a field, its key where there is none."""
        return self.labels.get(field, field)

    @cached_property
    def columns(self) -> dict[int, ColumnMatch]:
        """Column index -> its match."""
        return {match.index: match for match in self.sheet.mapping}

    @cached_property
    def headers(self) -> dict[str, ColumnMatch]:
        """Heading as found -> its match."""
        return {match.header: match for match in self.sheet.mapping}

    def masked(self, field: str | None, text: str) -> str:
        """A cell as the screen masks it (domain 17); of an unknown column nothing is shown."""
        return masking(field, text, "screen", self.sheet.legible)

    def masked_fault(self, problem: RowProblem) -> str:
        """The cell that a problem is about, masked."""
        return self.masked(problem.field, problem.value or "")


class SheetTab(QWidget):
    """One tab: `put(shown)` fills it; `decided(choice)` hands a choice up, to be applied to the session."""

    decided = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.shown: ShownSheet | None = None

    def put(self, shown: ShownSheet) -> None:
        """Show this sheet; called again after each check."""
        self.shown = shown

    def title(self) -> str:
        """The tab's words, with the count of what is in it."""
        return ""

    def start(self) -> QWidget:
        """The widget that gets the keyboard when the tab is opened."""
        return self

    def decide(self, choice: Callable[["ImportSession", str], object]) -> None:
        """Hand up a choice; it is called with the session and the sheet's name."""
        if self.shown is not None:
            name = self.shown.name
            self.decided.emit(lambda session: choice(session, name))


def level_word(level: str) -> str:
    """不收 / 留意 / 提示."""
    return {"refuse": _("不导入"), "warning": _("留意"), "info": _("提示")}.get(level, level)


def sheet_list() -> QListWidget:
    """The list of the sheets of a file, beside the tabs."""
    made = QListWidget()
    made.setMinimumWidth(120)
    made.setMaximumWidth(200)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setWordWrap(True)
    made.setAccessibleName(_("工作表"))
    return made


def filter_line(words: str, act: Callable[[str], object]) -> QLineEdit:
    """A line edit that narrows the list under it as it is typed in."""
    line = QLineEdit()
    line.setPlaceholderText(words)
    line.setAccessibleName(words)
    line.setClearButtonEnabled(True)
    line.setMinimumWidth(240)
    line.textChanged.connect(act)
    return line
