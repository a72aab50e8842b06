"""Months before the newest that were never checked, checked in the background: what changed and how long a light is on need
them. One job at a time, so that what the person asks for meanwhile is not kept waiting for all."""

from collections.abc import Callable, Sequence
from functools import partial

from ui.page import Page


class EarlierChecks:
    """Calls `again` after the first month, which the newest is compared with, and after the last."""

    def __init__(self, page: Page, again: Callable[[], object]) -> None:
        self._page = page
        self._again = again
        self._tried: set[str] = set()
        self._left: list[str] = []

    @property
    def under_way(self) -> bool:
        """Whether months are being checked."""
        return bool(self._left)

    def begin(self, months: Sequence[str]) -> None:
        """Check those of the months that were not tried before, in their order."""
        if not self._left:
            self._left = [one for one in months if one not in self._tried]
            self._next()

    def _next(self) -> None:
        if self._left:
            month = self._left[0]
            first = not self._tried
            self._tried.add(month)
            check = partial(self._page.workbench.outreach.outcomes.check, month)
            self._page.compute(check, lambda _nothing: self._checked(first=first), key="earlier")

    def _checked(self, *, first: bool) -> None:
        self._left.pop(0)
        if first or not self._left:
            self._again()
        self._next()
