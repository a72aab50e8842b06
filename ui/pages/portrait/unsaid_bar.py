"""The bar of what is not to be said or done with a customer, across the page: read before the first word."""

from functools import partial

from ui.pages.portrait.lines import Open, leading
from ui.widgets.parts import Card, label
from ui.widgets.wrapped import Strip
from workbench.base.i18n import _
from workbench.insight.portrait.portrait import Portrait
from workbench.rules.parameters import Rules

#: pixels between two limits
_GAP = 14


class UnsaidBar(Card):
    """The limits, the strictest first; each leads to the figures that it rests on."""

    def __init__(self, rules: Rules, show: Open) -> None:
        super().__init__()
        self._rules, self._show = rules, show
        self.limits = Strip(gap=_GAP, lines=2)
        self.body.addWidget(self.limits)

    def fill(self, portrait: Portrait) -> None:
        """Show what not to say; of a customer on no monthly list the red line for everybody."""
        self.limits.clear()
        self.limits.add(label(_("禁忌"), "red"))
        for limit in portrait.do_not_say:
            made = leading(f"· {limit.text}", limit.why)
            made.activated.connect(partial(self._show, limit.text, limit.inputs))
            self.limits.add(made)
        if not portrait.do_not_say:
            self.limits.add(label(f"· {self._rules.text('never.always')}", wrap=True))
