"""The line of a giver: how many he referred, whether he may be asked again, and the way to note an asking (domain 7)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.widgets.parts import Card, button, label, row
from workbench.base.i18n import _, semicolons
from workbench.outreach.referrals.asks import AskVerdict
from workbench.outreach.referrals.moments import CANDIDATE
from workbench.outreach.referrals.views import GivenReferrals

if TYPE_CHECKING:
    from workbench.insight.portrait.portrait import Portrait
    from workbench.outreach.room import Outreach


@dataclass(frozen=True, slots=True)
class GiverLine:
    """What is told of a giver; `verdict` None: he is none, and nothing speaks for asking him now."""

    customer_no: str
    given: GivenReferrals
    verdict: AskVerdict | None = None


def giver_line(outreach: "Outreach", portrait: "Portrait") -> GiverLine:
    """Read it; runs on the book's thread."""
    number = portrait.customer_no
    given = outreach.referral_views.given(number)
    candidate = any(tag.column == CANDIDATE and tag.state == "hit" for tag in portrait.tags)
    fitting = candidate or given.count > 0
    return GiverLine(number, given, outreach.asking.may(number) if fitting else None)


class GiverBar(Card):
    """Hidden for who referred nobody and is in no golden moment; the button is there only where he may be asked now."""

    def __init__(self, ask: Callable[[str], object]) -> None:
        super().__init__()
        self.customer_no = ""
        self.words = label("", wrap=True)
        self.ask = button(_("记一次开口"), lambda: ask(self.customer_no), "act")
        line = row(label(_("转介"), "heading"), self.words, self.ask)
        line.setStretch(1, 1)
        self.body.addLayout(line)
        self.hide()

    def fill(self, line: GiverLine) -> None:
        """Show what is told of him."""
        self.customer_no = line.customer_no
        verdict, given = line.verdict, line.given
        referred = ""
        if given.count:
            referred = _("介绍过 {n} 人,{opened} 人已开户,最近一次 {day}").format(
                n=given.count, opened=given.opened, day=given.last
            )
        may = ""
        if verdict is not None:
            may = (
                _("现在可以请他转介") if verdict.allowed else _("现在不请:{why}").format(why=verdict.sentence)
            )
        self.words.setText(semicolons(filter(None, (referred, may))))
        self.ask.setVisible(verdict is not None and verdict.allowed)
        self.setVisible(verdict is not None)
