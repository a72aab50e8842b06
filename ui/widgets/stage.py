"""What a page shows at the moment: its content, that there is nothing yet, that it computes, or that it was stopped."""

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.widgets.parts import EmptyState
from ui.widgets.waiting import Waiting
from workbench.base.i18n import _


class PageStage(QStackedWidget):
    """One place at a time; `others` are places of the page's own. Only `Page` says when there is nothing."""

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

    @property
    def holds(self) -> bool:
        """Whether something that was read stands here."""
        return self.currentWidget() in self._own

    @property
    def waits(self) -> bool:
        return self.currentWidget() is self.waiting

    def show_content(self) -> None:
        self.setCurrentWidget(self._content)
        if (layout := self.layout()) is not None:
            layout.activate()  # at once: what fills it asks how wide it is

    def show_other(self, place: QWidget) -> None:
        self.setCurrentWidget(place)

    def show_nothing(self) -> None:
        self.setCurrentWidget(self.nothing)

    def show_waiting(self, words: str) -> None:
        self.setCurrentWidget(self.waiting)
        self.waiting.start(words, patience=True)

    def show_stopped(self, words: str) -> None:
        self.stopped.words.setText(words)
        self.setCurrentWidget(self.stopped)
