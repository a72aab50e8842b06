"""What no list can tell is named with the fewest columns that would unlock it."""

from workbench.insight.measures.scope import ReportedData
from workbench.insight.measures.unseen import Unseen, in_words, lacking, reported_fields, unseen_on


def _given(**more: frozenset[str]) -> ReportedData:
    lists = {"holdings": frozenset[str](), "maturities": frozenset[str](), "flows": frozenset[str]()}
    parts = {"columns": frozenset({"birth_date"}), "lists": frozenset[str](), **lists, **more}
    return ReportedData("2026-10-31", **parts)


def test_the_nearest_way_is_named() -> None:
    assert lacking("birthday", ()) == ("出生日期",)
    assert lacking("birthday", {"id_no"}) == (), "an identity number tells it as well"
    assert lacking("held", {"amount"}) == ("产品名称",)
    assert lacking("S2", {"txn_date", "txn_amount"}) == ("近1月交易笔数",), "of all its features the nearest"


def test_what_other_lists_report_counts() -> None:
    assert reported_fields(_given()) == {"birth_date"}
    assert {"product_name", "amount"} <= reported_fields(_given(holdings=frozenset({"2026-10"})))
    assert {"maturity_date", "amount"} <= reported_fields(_given(maturities=frozenset({"2026-10"})))
    assert "txn_amount" in reported_fields(_given(flows=frozenset({"2026-10"})))
    assert "touch_date" in reported_fields(_given(lists=frozenset({"touches"})))


def test_a_page_names_its_features_until_a_list_has_the_columns() -> None:
    poor = unseen_on("calendar", reported_fields(_given()))
    assert "生日问候" not in {one.what for one in poor}
    assert "生日问候" in {one.what for one in unseen_on("calendar", ())}
    assert unseen_on("settings", ()) == ()


def test_what_lacks_the_same_columns_stands_together() -> None:
    parts = in_words(
        [Unseen("生日问候", ("出生日期",)), Unseen("不再联系", ()), Unseen("年轻客户", ("出生日期",))]
    )
    assert parts == ("生日问候、年轻客户(缺「出生日期」)", "不再联系(记录太少)")
