"""What a page shows at the moment: its content, that there is nothing yet, that it computes, or that it was stopped."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from ui.theme import px
from ui.widgets.front_stack import FrontStack
from ui.widgets.parts import EmptyState
from ui.widgets.waiting import Waiting
from workbench.base.i18n import _

#: pixels of height below which not the content scrolls but the page, with its heading
LEAST = 150


class PageStage(FrontStack):
    """Shows one place at a time; `others` are places of the page's own. Only `Page` shows the empty state."""

    def __init__(
        self, content: QWidget, nothing: EmptyState, others: tuple[QWidget, ...], again: Callable[[], object]
    ) -> None:
        super().__init__()
        self.nothing = nothing
        self.waiting = Waiting()
        self.stopped = EmptyState("", _("重新计算"), again)
        self._content = content
        self._own = (content, *others)
        for place in (content, nothing, *others, self.waiting, self.stopped):
            self.addWidget(place)
        self.setCurrentWidget(self.waiting)

    def sizeHint(self) -> QSize:
        """As low as may be: what it shows scrolls by itself, under a heading that stays."""
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """What is in front needs, and enough to read in."""
        return super().minimumSizeHint().expandedTo(QSize(0, px(LEAST)))

    @property
    def holds(self) -> bool:
        """Whether content is shown: the page's own, or one of the others."""
        return self.currentWidget() in self._own

    @property
    def waits(self) -> bool:
        """Whether the sign that something is computed is shown."""
        return self.currentWidget() is self.waiting

    def show_content(self) -> None:
        """Show the content, laid out at once: what fills it asks for its width."""
        self.setCurrentWidget(self._content)
        if (layout := self.layout()) is not None:
            layout.activate()

    def show_other(self, place: QWidget) -> None:
        """Show one of the page's own other places."""
        self.setCurrentWidget(place)

    def show_nothing(self) -> None:
        """Show the empty state with the way to the import."""
        self.setCurrentWidget(self.nothing)

    def show_waiting(self, words: str) -> None:
        """Show `words` and the progress, after a moment: most reads are quicker."""
        self.setCurrentWidget(self.waiting)
        self.waiting.start(words, patience=True)

    def show_stopped(self, words: str) -> None:
        """Show why there is no content, with a button to compute again."""
        self.stopped.words.setText(words)
        self.setCurrentWidget(self.stopped)
