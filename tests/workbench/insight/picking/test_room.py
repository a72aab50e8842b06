"""The picker over a real book: counted, shown, cleared of who must be left out, kept, used."""

import datetime as dt
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from db import book_key
from db.known import tag_uses
from db.tables import customers, touches
from tests.books import new_book
from tests.workbench.conftest import SmallBook
from workbench.base.errors import WorkbenchError
from workbench.insight.picking.room import Picking


@pytest.fixture(autouse=True)
def _fifth_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-05")


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Picking]:
    """The same customers in a book that no test writes to."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(book_key, "COST", 16)
        with new_book(tmp_path_factory.mktemp("still") / "still.book", "correct horse") as book:
            small = SmallBook(book)
            fill(small)
            yield small.insight.picking


@pytest.fixture
def picking(small: SmallBook) -> Picking:
    """A 30万 and B 60万 with a phone, C 2万, D 500万 without any way to reach him, E without figures."""
    fill(small)
    return small.insight.picking


def fill(small: SmallBook) -> None:
    for no, yuan, facts in (
        ("A", 300_000, {"phone": "13800000001", "wecom_friend": 1}),
        ("B", 600_000, {"phone": "13800000002", "wecom_friend": 0}),
        ("C", 20_000, {"phone": "13800000003"}),
        ("D", 5_000_000, {"wecom_friend": 0}),
        ("E", None, {"phone": "13800000005", "wecom_friend": 1}),
    ):
        tested = {
            "risk_level": "C3" if no == "A" else None,
            "risk_expiry_date": "2027-01-31" if no in "AC" else None,
        }
        small.customer(no, **tested, **facts)
        small.months(no, {"aum_balance": [yuan] * 2, "aum_daily_average": [yuan] * 2}, mobile_logins=3)


def numbers(picking: Picking, expression: str, **asked: object) -> list[str]:
    return [row.customer.customer_no for row in picking.rows(expression, **asked)]  # type: ignore[arg-type]


def refused(
    small: SmallBook, no: str, days_ago: int = 1, result: str = "refused", by: str = "manager"
) -> None:
    date = (dt.date(2026, 11, 5) - dt.timedelta(days=days_ago)).isoformat()
    row = {
        "customer_id": small.ids[no],
        "date": date,
        "channel": "call",
        "result": result,
        "initiated_by": by,
    }
    with small.book.write("touch", "touch") as writer:
        writer.insert(touches, [row])


# -- counting and showing ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "count", "cannot_tell"),
    [
        # only A has a risk level, E has no tier: a part that fails decides, one that is unknown does not
        ("tier >= L3 and risk_level = 'C3'", 1, 3),
        ("risk_level = 'C3' and tower = waist and average > 1万", 1, 2),
        ("tower = base and (risk_level = 'C3' or wecom = 1)", 0, 2),
        ("average > 1万 and top(2, average)", 2, 1),
        ("tier >= L3 取前 1 按 average", 1, 1),
    ],
)
def test_a_conjunction_over_several_tables_is_counted_as_one_condition(
    still: Picking, expression: str, count: int, cannot_tell: int
) -> None:
    tally = still.count(expression)
    assert (tally.count, tally.cannot_tell) == (count, cannot_tell)
    assert tally.count == len(numbers(still, expression))


def test_a_count_has_money_towers_and_for_how_many_it_is_unknown(still: Picking) -> None:
    tally = still.count("average >= 20万")
    assert (tally.count, tally.aum_fen, tally.cannot_tell, tally.everyone) == (3, 590_000_000, 1, 5)
    assert {part.label: (part.count, part.aum_fen) for part in tally.towers} == {
        "塔基": (0, None), "塔腰": (2, 90_000_000), "塔尖": (1, 500_000_000),
    }  # fmt: skip
    assert (tally.as_of, tally.month) == ("2026-10-31", "2026-10")
    everyone = still.count("")
    assert (everyone.count, everyone.untold) == (5, 1)
    assert everyone.towers[-1].label == "塔未知"


def test_matching_customers_come_in_the_order_wanted_a_window_at_a_time(still: Picking) -> None:
    assert numbers(still, "average > 0") == ["D", "B", "A", "C"]
    assert numbers(still, "", descending=False) == ["C", "A", "B", "D", "E"]
    assert numbers(still, "", order="客户号", descending=False, offset=1, limit=2) == ["B", "C"]
    assert numbers(still, "average > 0 取后 2 按 资产月日均") == ["C", "A"]
    with pytest.raises(WorkbenchError) as error:
        still.rows("", order="没有的字段")
    assert error.value.code == "no_such_word"


def test_a_row_holds_the_values_that_the_condition_reads_and_the_level_in_force(still: Picking) -> None:
    row = still.rows("tier >= L5 and wecom = 否", columns=["资产月日均"])[0]
    assert row.customer.customer_no == "D"
    assert (row.values["tier"], row.values["wecom"], row.values["average"]) == ("L7", 0, 500_000_000)
    assert (row.customer.tier, row.tower) == ("L7", "top")


def test_a_window_is_read_again_when_the_book_changed(picking: Picking, small: SmallBook) -> None:
    assert numbers(picking, "not touched('refused')") == []
    refused(small, "A")
    assert numbers(picking, "touched('refused')") == ["A"]
    assert sorted(numbers(picking, "not touched('refused')")) == ["B", "C", "D", "E"]


def test_a_condition_that_cannot_be_read_is_pointed_at(still: Picking) -> None:
    for ask in (still.count, still.words, still.shown, still.ids):
        with pytest.raises(WorkbenchError) as error:
            ask("资产月日均 > 五十万")
        assert error.value.code == "bad_expression"
        assert error.value.facts["position"] == 8


def test_words_are_suggested_while_typing(still: Picking) -> None:
    assert "average" in [term.name for term in still.suggest("资产月")]
    assert next(term.name for term in still.suggest("days_since_tuch")).startswith("days_since")
    assert len(still.suggest("")) == 12


# -- who is left out -----------------------------------------------------------------------------------------


def test_golden_16_who_opted_out_by_phone_is_left_out_of_a_campaign_list(
    picking: Picking, small: SmallBook
) -> None:
    refused(small, "A")
    found = picking.excluded("average > 0", "营销触达")
    assert found.matching == 4
    assert {one.label: one.count for one in found.reasons if one.count} == {"拒绝营销": 1, "缺联系方式": 1}
    assert found.left == 2
    picking.save("十一月活动", "average > 0", "frozen", "marketing")
    assert numbers(picking, "list('十一月活动')") == ["B", "C"]


def test_each_customer_is_left_out_under_the_first_reason_only(picking: Picking, small: SmallBook) -> None:
    refused(small, "D")
    refused(small, "D", 2, "complaint")
    found = {one.code: one.count for one in picking.excluded("", "marketing").reasons}
    assert found == {
        "opt_out": 1, "complaint": 0, "bereaved": 0, "minor": 0, "unanswered": 0, "fatigue": 0, "no_contact": 0,
        "control": 0,
    }  # fmt: skip


def test_reasons_to_leave_out_follow_the_purpose(picking: Picking, small: SmallBook) -> None:
    for days in (1, 3):
        refused(small, "B", days, "reached")
    for days in (1, 3):
        refused(small, "C", days, "reached", by="customer")
    refused(small, "A", 9, "reached")
    marketing = {one.code: one.count for one in picking.excluded("", "marketing").reasons}
    assert (marketing["fatigue"], marketing["no_contact"]) == (1, 1)
    product = picking.excluded("", "product")
    # only A has a valid risk test: of C no class is told; D is large, and nobody has spoken with him twice
    left_out = {one.code: one.count for one in product.reasons}
    assert (left_out["no_products"], left_out["suitability"]) == (1, 2)
    assert product.left == 1
    assert [one.code for one in picking.excluded("", "care").reasons] == ["no_contact"]
    assert picking.excluded("", "analysis").left == 5
    with pytest.raises(WorkbenchError) as error:
        picking.excluded("", " ")
    assert error.value.code == "no_purpose"


def test_a_control_group_stays_out_of_every_campaign(picking: Picking) -> None:
    picking.save("对照", "average < 5万", "frozen", "control")
    assert {one.code: one.count for one in picking.excluded("", "marketing").reasons}["control"] == 1
    assert "C" not in numbers(picking, "", purpose="marketing")


# -- saved lists ---------------------------------------------------------------------------------------------


def test_a_frozen_list_stays_and_a_rule_follows_the_book(picking: Picking, small: SmallBook) -> None:
    picking.save("固定", "average >= 50万", "frozen", "analysis", "王经理")
    picking.save("规则", "资产月日均>=50万", purpose="analysis")
    with small.book.write("import", "list") as writer:
        writer.update(customers, small.ids["A"], {"open_date": "2014-01-01"})
    small.month("F", aum_balance=800_000, aum_daily_average=800_000)
    assert numbers(picking, "list('固定')") == ["D", "B"]
    assert numbers(picking, "list('规则')") == ["D", "F", "B"]
    assert numbers(picking, "list('规则') and not list('固定')") == ["F"]
    rule, frozen = picking.lists()
    assert (rule.number, rule.kind, rule.count, rule.expression) == (
        "L20261105-02",
        "rule",
        None,
        "资产月日均 >= 50万",
    )
    assert (frozen.count, frozen.owner, frozen.as_of, frozen.expires) == (
        2,
        "王经理",
        "2026-10-31",
        "2027-02-03",
    )
    assert [(one.name, one.shared) for one in picking.overlaps("average > 70万")] == [
        ("规则", 2),
        ("固定", 1),
    ]


def test_a_list_is_named_once_and_its_number_never_given_again(picking: Picking, small: SmallBook) -> None:
    picking.save("名单", "", purpose="analysis")
    for name, code in (("名单", "name_taken"), ("  ", "no_name"), ("长" * 61, "no_name")):
        with pytest.raises(WorkbenchError) as error:
            picking.save(name, "", purpose="analysis")
        assert error.value.code == code
    change = picking.delete("名单")
    assert picking.lists() == ()
    picking.save("名单", "", purpose="analysis")
    assert picking.saved("名单").number == "L20261105-02"
    picking.rename("L20261105-02", "新名单")
    assert change.undo_id is not None
    small.book.reverse(change.undo_id)
    assert {one.name for one in picking.lists()} == {"新名单", "名单"}


def test_deleting_a_frozen_list_can_be_taken_back_with_its_members(
    picking: Picking, small: SmallBook
) -> None:
    before = small.book.fingerprint()
    saved = picking.save("固定", "average > 0", "frozen", "analysis")
    assert saved.count == 4
    gone = picking.delete("固定")
    assert gone.undo_id is not None
    small.book.reverse(gone.undo_id)
    assert picking.saved("固定").count == 4
    assert saved.undo_id is not None
    small.book.reverse(saved.undo_id)
    assert small.book.fingerprint() == before


def test_a_list_that_another_one_asks_for_stays(picking: Picking) -> None:
    picking.save("甲", "average > 0", purpose="analysis")
    picking.save("乙", "清单('甲') and wecom", purpose="analysis")
    for attempt in (lambda: picking.delete("甲"), lambda: picking.rename("甲", "丙")):
        with pytest.raises(WorkbenchError) as error:
            attempt()
        assert error.value.code == "list_in_use"
        assert "乙" in error.value.message
    with pytest.raises(WorkbenchError) as error:
        picking.count("list('没有')")
    assert error.value.code == "no_such_list"


def test_tags_are_counted_as_used_when_a_list_is_saved_not_while_typing(
    picking: Picking, small: SmallBook
) -> None:
    def uses() -> list[tuple[str, str, int]]:
        with small.book.read() as conn:
            return [
                tuple(row)
                for row in conn.execute(select(tag_uses.c.code, tag_uses.c.place, tag_uses.c.times))
            ]

    label = next(tag.label for tag in small.insight.engine.library.live if tag.kind == "flag")
    picking.count(f"tag('{label}')")
    assert uses() == []
    picking.save("一", f"tag('{label}')", purpose="analysis")
    picking.save("二", f"tag('{label}')", purpose="analysis")
    assert [(place, times) for _code, place, times in uses()] == [("list", 2)]


# -- what is done with those picked --------------------------------------------------------------------------


def test_customers_are_handed_to_a_manager_and_back(picking: Picking, small: SmallBook) -> None:
    change = picking.assign(picking.ids("average > 50万"), "李经理")
    assert change.count == 2
    assert {row.customer.manager for row in picking.rows("average > 50万")} == {"李经理"}
    assert change.undo_id is not None
    small.book.reverse(change.undo_id)
    assert {row.customer.manager for row in picking.rows("average > 50万")} == {None}
    with pytest.raises(WorkbenchError) as error:
        picking.assign([], "李经理")
    assert error.value.code == "nobody"


def test_a_computed_tag_is_not_given_by_hand(picking: Picking, small: SmallBook) -> None:
    computed = next(tag.code for tag in small.insight.engine.library.live if not tag.observed)
    with pytest.raises(WorkbenchError) as error:
        picking.give(picking.ids(""), computed, "见过面")
    assert error.value.code == "not_by_hand"


def test_many_customers_get_a_tag_of_ones_own_at_once(picking: Picking, small: SmallBook) -> None:
    body = {
        "code": "O.HAND.CHESS.M0", "name": "自建_爱好_棋友_当月", "label": "棋友", "group": "30", "layer": 2,
        "element": "人", "kind": "flag", "definition": "下棋的客户", "principle": "有共同话题", "by": "hand",
        "valid_days": 365, "status": "live",
    }  # fmt: skip
    insight = small.insight
    insight.tags.save(body)
    change = insight.picking.give(insight.picking.ids("average > 50万"), "棋友", "活动上见过")
    assert change.count == 2
    assert sorted(numbers(insight.picking, "tag('棋友')")) == ["B", "D"]
    insight.picking.give(insight.picking.ids("average > 100万"), "棋友", "又见过")
    assert sorted(numbers(insight.picking, "tag('棋友')")) == ["B", "D"]
