"""What the guide says of a product: of its kind for a segment that wants it, of a deposit as of a deposit (domain 3)."""

from workbench.insight.products.hooks import Hook
from workbench.insight.products.verdict import Offered
from workbench.insight.shelf.families import families
from workbench.outreach.playbook.library import library
from workbench.outreach.playbook.of_hook import hook_script
from workbench.rules.parameters import Rules
from workbench.rules.red_lines import red_lines_in

RULES = Rules.load()
FILLS = {"manager": "王经理", "branch": "本网点"}


def hook(family: str, name: str, regime: str, risk: int | None, term: int | None = None) -> Hook:
    offered = Offered(name, regime, issuer_risk=risk, term_days=term, product_code="X")
    one = next(one for one in families() if one.code == family)
    parts = {"entry": 1.0, "liquidity": None if term else 1.0, "advantage": None, "easy": 1.0}
    return Hook(one, offered, 1_00, None, None, None, None, parts, 1.0, ())


CASH = hook("cash", "天天盈", "wealth", 1)
WEALTH = hook("wealth_low", "稳享91天", "wealth", 2, 91)
DEPOSIT = hook("time", "三个月", "deposit", None, 90)


def words(one: Hook, *segments: str) -> str:
    return hook_script(library().scripts.values(), one, segments, FILLS, RULES)


def test_a_segment_has_its_own_words_of_the_kind() -> None:
    assert "货款" in words(CASH, "trade", "elder")
    assert "工资" in words(CASH, "white")
    assert "三个月定期" in words(DEPOSIT, "farm")


def test_what_has_no_words_of_its_own_is_named_with_its_terms() -> None:
    said = words(WEALTH, "trade")
    assert "稳享91天" in said
    assert "期限91天" in said
    assert "测评" in said


def test_a_deposit_is_not_told_as_an_investment() -> None:
    assert words(DEPOSIT) == ""
    assert "测评" not in words(DEPOSIT, "elder")


def test_nothing_that_the_guide_says_crosses_a_red_line() -> None:
    every = ("owner", "trade", "farm", "elder", "youth", "white", "payroll", "woman")
    for one in (CASH, WEALTH, DEPOSIT):
        for segment in every:
            assert red_lines_in(words(one, segment), regime=one.offered.regime, scene="hook") == ()
