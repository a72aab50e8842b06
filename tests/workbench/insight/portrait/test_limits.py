"""What not to say to several customers at once is what each portrait says (domain 8.1, 8.5)."""

from tests.workbench.conftest import SmallBook
from workbench.insight.portrait.limits import limits_of
from workbench.people.links import Links
from workbench.rules.parameters import Rules


def test_they_are_the_portraits_words_for_each(small: SmallBook) -> None:
    rules = Rules.load()
    small.customer("1", marketing_opt_out=1)
    small.month("1", aum_balance=600_000, aum_daily_average=600_000, age=70)
    small.customer("2", risk_class="C2", risk_expiry_date="2027-03-01")
    small.month("2", aum_balance=60_000, aum_daily_average=60_000, age=30)
    small.touch("2", 3, "complaint")
    small.customer("3", risk_class="C5", risk_expiry_date="2027-03-01")
    small.month("3", aum_balance=60_000, aum_daily_average=60_000)
    small.hold("3", amount=50_000, profit=-30_000, product_name="甲基金")
    small.touch("3", 400)
    small.customer("4")
    insight = small.insight
    Links(small.book, rules).add("2", "spouse", other_no="3")
    Links(small.book, rules).add("1", "parent", other_name="外人")
    insight.engine.ensure()
    with small.book.read() as conn:
        layers = insight.engine.layers(conn)
        day = insight.portrait("1").picture.day
        limits = limits_of(conn, layers, list(small.ids.values()), day, rules)
    for number, id_ in small.ids.items():
        if number != "4":
            assert limits[id_] == insight.portrait(number).do_not_say, number
    kinds = {one.code for found in limits.values() for one in found}
    assert {"opt_out", "aged", "settling", "loss", "family", "untested", "always"} <= kinds


def test_a_complaint_logged_after_the_tags_were_computed_counts(small: SmallBook) -> None:
    small.customer("1")
    small.month("1", aum_balance=600_000, aum_daily_average=600_000)
    insight = small.insight
    insight.engine.ensure()
    small.touch("1", 0, "complaint")
    with small.book.read() as conn:
        limits = limits_of(conn, insight.engine.layers(conn), [small.ids["1"]], "2026-11-16", Rules.load())
    assert "settling" in {one.code for one in limits[small.ids["1"]]}
