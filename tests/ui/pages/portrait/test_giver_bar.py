"""The line of a giver on the portrait: the button is there only where he may be asked now."""

from tests.ui.bot import Bot
from ui.pages.portrait.giver_bar import GiverBar, GiverLine
from workbench.outreach.referrals.asks import AskVerdict
from workbench.outreach.referrals.views import GivenReferrals


def test_a_giver_is_told_and_asked_only_where_nothing_bars_it(qtbot: Bot) -> None:
    places: list[str] = []
    bar = GiverBar(places.append)
    qtbot.addWidget(bar)
    given = GivenReferrals(3, 1, "2026-09-18")
    bar.fill(GiverLine("A1", given, AskVerdict(("亮灯",), "2026-12-17")))
    assert (
        bar.words.text() == "介绍过 3 人,1 人已开户,最近一次 2026-09-18;现在不请:亮灯;2026-12-17 起可以再请"
    )
    assert bar.ask.isHidden()
    bar.fill(GiverLine("A1", GivenReferrals(0, 0, ""), AskVerdict()))
    assert (bar.words.text(), bar.ask.isHidden(), bar.isHidden()) == ("现在可以请他转介", False, False)
    bar.ask.click()
    assert places == ["A1"]
    bar.fill(GiverLine("A2", GivenReferrals(0, 0, "")))
    assert bar.isHidden(), "who referred nobody and is in no moment"
