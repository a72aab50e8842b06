"""The journey card: of anybody, whatever is known of him; masked, dated, nothing empty, nothing that was not told (domain 3)."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from db.tables import customers, touches
from tests.books import new_book
from tests.workbench.conftest import SmallBook
from workbench.base.sensitivity import Place
from workbench.insight.churn.verdict import CustomerRisk
from workbench.insight.genes.card import GeneCard
from workbench.insight.journey.stages import PastStay
from workbench.insight.journey.tasks import StageTask
from workbench.insight.portrait.advice import Action
from workbench.insight.portrait.card_source import JourneySection
from workbench.insight.portrait.journey_card import JourneyCard, journey_card
from workbench.insight.portrait.portrait import Portrait
from workbench.insight.products.fit import Fit
from workbench.insight.products.offers import Offer
from workbench.insight.products.verdict import SuitabilityCheck, SuitabilityVerdict
from workbench.people.source_row import SourceRow
from workbench.rules.parameters import Rules

TODAY = "2026-11-16"
WORDS = {"phone": "电话", "reached": "已联系"}
#: who is in the book, and what is odd about him
FULL, BARE, EMPTY, MANY, RARE, OLD, REFUSED, RED = (f"6600000{n}" for n in range(1, 9))
EVERYBODY = (FULL, BARE, EMPTY, MANY, RARE, REFUSED, RED)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallBook]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_TODAY", TODAY)
        with new_book(tmp_path_factory.mktemp("cards") / "a.book") as book:
            small = SmallBook(book)
            batch = small.batch()
            small.customer(FULL, name="欧阳建国", risk_level="C3", risk_expiry="2027-06-30")
            for back in range(5, -1, -1):
                figures = {"aum_balance": 300_000, "aum_daily_average": 300_000, "demand_balance": 90_000}
                small.month(FULL, back, batch=batch, row=17, **figures)
            small.hold(
                FULL, product_name="一年定期", category="定期", amount=50_000, maturity_date="2027-03-01"
            )
            small.hold(
                FULL,
                product_name="半年理财",
                category="理财",
                amount=20_000,
                maturity_date="2026-12-01",
                line=2,
            )
            small.hold(
                FULL,
                product_name="旧理财",
                category="理财",
                amount=10_000,
                maturity_date="2026-11-10",
                line=3,
            )
            small.hold(FULL, product_name="日开理财", category="理财", amount=8_000, line=4)
            small.hold(
                FULL,
                kind="maturity",
                product_name="半年理财",
                amount=20_000,
                maturity_date="2026-12-01",
                line=5,
            )
            for days in range(7):
                small.touch(FULL, 20 * days + 1)
            note = {"note": "欧阳建国的儿子 13912345678 接的"}
            with book.write("test", "note") as writer:
                writer.update_many(touches, [(1, note)])
            small.customer(BARE, name="丁一")
            small.month(EMPTY, aum_daily_average=None, gender="女")
            small.flat(MANY)
            for line in range(1, 13):
                small.hold(MANY, line=line, product_name=f"产品{line}", amount=line * 1_000)
            small.customer(RARE, name="𠮷野家")
            small.flat(RARE)
            small.customer(REFUSED, name="何静", marketing_opt_out=1)
            small.flat(REFUSED, marketing_opt_out=1)
            small.months(
                RED,
                {
                    "aum_balance": [8e5] * 5 + [2.4e5],
                    "aum_daily_average": [8e5] * 5 + [7e5],
                    "outflow": [0] * 5 + [5.6e5],
                },
            )
            small.insight.engine.ensure()
            yield small


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)


@pytest.fixture(scope="module")
def portraits(small: SmallBook) -> dict[str, Portrait]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_TODAY", TODAY)
        return {no: small.insight.portrait(no) for no in EVERYBODY}


def card(portrait: Portrait, place: Place = "paper") -> JourneyCard:
    return journey_card(portrait, Rules.load(), WORDS, place)


def words(section: JourneySection) -> list[str]:
    return [" ".join(filter(None, [one.date, one.text, one.aside])) for one in section.lines]


@pytest.mark.parametrize("number", EVERYBODY)
def test_nothing_is_empty_and_every_figure_has_a_date(portraits: dict[str, Portrait], number: str) -> None:
    made = card(portraits[number])
    assert [one.key for one in made.sections] == [
        "entered", "standing", "gene", "next", "forbidden", "holdings", "hook", "tasks", "touches", "history",
    ]  # fmt: skip
    assert made.stage or number == BARE
    for section in made.sections:
        assert section.lines
        for line in section.lines:
            assert line.text.strip("—- 0")
            said = f"{line.text} {line.aside}"
            assert not re.search(r"None|nan|…|\{|截至2026-10-31:", said), said
            if re.search(r"\d", said):
                assert section.dated or line.date or re.search(r"\d{4}-\d{2}", said), (section.key, said)
    assert json.loads(json.dumps(made.as_json(), ensure_ascii=False))["sections"]


def test_the_card_says_where_he_stands_and_since_what_row(portraits: dict[str, Portrait]) -> None:
    made = card(portraits[FULL])
    assert (made.name, made.customer_no, made.level) == ("欧**", "**0001", "财富")
    assert made.stage == "稳定经营期"
    entered = words(made.entered)
    assert "月日均30.0万" in entered[0]
    assert "月报.xlsx 客户清单 第17行" in entered[0]
    assert made.entered.dated == "2026-10-31"
    assert "比财富门槛20.0万高10.0万" in words(made.standing)[0]
    assert "距贵宾门槛50.0万还差20.0万" in words(made.standing)[0]
    assert any("R4" in one for one in words(made.forbidden))
    assert len(made.next_step.lines) == 2


def test_products_come_by_their_day_and_what_has_matured_is_called_so(portraits: dict[str, Portrait]) -> None:
    held = card(portraits[FULL]).holdings
    assert [one.text for one in held.lines] == [
        "半年理财 2.0万", "一年定期 5.0万", "旧理财 1.0万", "日开理财 8,000",
    ]  # fmt: skip
    assert ["已到期" in one.aside for one in held.lines] == [False, False, True, False]
    many = card(portraits[MANY]).holdings
    assert len(many.lines) == Rules.load().whole("card.products") + 1
    assert many.lines[-1].text == "另有6笔,共2.1万"
    # who has no list of products is not said to hold none
    bare = card(portraits[RARE]).holdings
    assert not bare.known
    assert "“到期日”" in bare.lines[0].text


def test_the_last_five_contacts_are_told_with_nobody_named(portraits: dict[str, Portrait]) -> None:
    made = card(portraits[FULL])
    assert [one.date for one in made.touches.lines] == [
        "2026-10-30", "2026-10-10", "2026-09-20", "2026-08-31", "2026-08-11",
    ]  # fmt: skip
    assert words(made.touches)[0] == "2026-10-30 电话 · 已联系 欧**的儿子 139****5678 接的"
    assert not card(portraits[RARE]).touches.known


def test_a_product_is_named_only_where_it_may_be_spoken_of(portraits: dict[str, Portrait]) -> None:
    checks = (
        SuitabilityCheck(1, "测评", "ok", "风险测评还有 226 天有效"),
        SuitabilityCheck(2, "匹配", "ok", "产品 R2 不高于客户 C3"),
    )
    verdict = SuitabilityVerdict("云澜稳享", checks, TODAY)
    offer = Offer("wealth", "理财", "云澜稳享", "W1", Fit(0.8, {}), ("活期 9.0万",), verdict)
    seen = replace(portraits[FULL], offers=(offer,))
    assert words(card(seen).hook) == ["云澜稳享 活期 9.0万;产品 R2 不高于客户 C3"]
    assert card(seen).hook.dated == "2026-10-31"
    assert "没有适合推荐的产品" in words(card(replace(seen, offers=())).hook)[0]
    assert not card(replace(seen, consent=portraits[REFUSED].consent)).hook.known
    refused = card(portraits[REFUSED])
    assert not refused.hook.known
    assert "拒绝营销" in refused.hook.lines[0].text
    assert any("拒绝营销" in one for one in words(refused.forbidden))
    # he is asked why he leaves before anything is offered
    leaving = replace(seen, picture=portraits[RED].picture)
    assert "先问原因" in card(leaving).hook.lines[0].text


def test_a_call_has_one_day_on_the_whole_card(portraits: dict[str, Portrait]) -> None:
    made = card(portraits[RED])
    risk = portraits[RED].risk
    assert isinstance(risk, CustomerRisk)
    assert risk.light in ("orange", "red")
    first: Action = portraits[RED].next_actions[0]
    assert made.next_step.lines[0].date == first.due
    calls = [one for one in made.tasks.lines if "致电" in one.text]
    assert {one.date for one in calls} <= {first.due}


def test_the_observed_style_stays_on_the_screen(portraits: dict[str, Portrait]) -> None:
    gene = portraits[FULL].gene
    assert isinstance(gene, GeneCard)
    style = replace(gene.style, letter="D", reason="4 条线索指向 D 控制(主观观察)")
    seen = replace(portraits[FULL], gene=replace(gene, style=style))
    assert any("D 控制" in one for one in words(card(seen, "screen").gene))
    for place in ("paper", "file", "json"):
        assert "D 控制" not in json.dumps(card(seen, place).as_json(), ensure_ascii=False)


def test_what_cannot_be_told_names_its_column(portraits: dict[str, Portrait]) -> None:
    bare, empty = card(portraits[BARE]), card(portraits[EMPTY])
    for made in (bare, empty):
        assert "金融资产月日均" in words(made.standing)[0]
    assert "金融资产月日均" in words(bare.entered)[0]
    assert "产品名称" in words(bare.hook)[0]
    assert empty.stage == "无法判断"
    assert bare.since == ""


def test_old_data_set_no_clock(small: SmallBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2030-01-07")
    made = card(small.insight.portrait(FULL))
    assert "2026-10-31" in made.aged
    assert not re.search(r"第.*天", made.since)
    assert not [one for one in made.tasks.lines if one.date and one.state != "done"]
    assert made.as_of == "2026-10-31"


def test_somebody_outside_the_journey_gets_no_task(small: SmallBook) -> None:
    with small.book.write("test", "state") as writer:
        writer.update(customers, small.ids[RARE], {"occupation": "本行员工"})
    try:
        made = card(small.insight.portrait(RARE))
        assert made.stage == "不在旅程卡内"
        assert "不安排任务" in made.tasks.lines[0].text
        assert made.since == ""
    finally:
        small.book.reverse(writer.change_id)


def test_the_way_here_stands_in_a_line_and_the_row_is_that_of_the_list_that_moved_him(
    portraits: dict[str, Portrait],
) -> None:
    seen, stage = portraits[FULL], portraits[FULL].stage
    assert stage is not None
    stays = tuple(
        PastStay(code, name, since, None, "")
        for code, name, since in (("J4", "防降期", "2026-08-31"), ("J3", "稳定经营期", "2026-07-31"))
    )
    reason = "截至2026-10-31:按2026-08名单:流失检查为橙灯,余额30.0万。"
    moved = SourceRow("八月.xlsx", "客户清单", 8, 2)
    points = tuple(replace(one, source=moved) if one.month == "2026-08" else one for one in seen.points)
    made = card(replace(seen, points=points, stage=replace(stage, history=stays, reason=reason)))
    assert words(made.history) == ["2026-07-31起稳定经营期 → 2026-08-31起防降期"]
    assert words(made.entered)[0] == "按2026-08名单:流失检查为橙灯,余额30.0万 来源:八月.xlsx 客户清单 第8行"
    most = Rules.load().whole("card.stays")
    longer = card(replace(seen, stage=replace(stage, history=stays * most)))
    assert longer.history.lines[0].text.count("→") == most - 1
    assert longer.history.lines[0].aside == f"更早还有{most}段"
    by_hand = card(replace(seen, stage=replace(stage, machine="J3", until="2027-05-01")))
    assert "手工放在这里,到2027-05-01;按名单是稳定经营期" in words(by_hand.entered)


def test_tasks_say_what_shows_them_done_and_why_they_rest(portraits: dict[str, Portrait]) -> None:
    stage = portraits[FULL].stage
    assert stage is not None
    left_out = Rules.load().words("journey.leave")[0]
    tasks = (
        StageTask("a", "问清KYC五问", "2026-11-02", None),
        StageTask("b", "介绍一款钩子产品", "2026-12-02", None, detail="云澜现金添利"),
        StageTask("c", "完成风险测评", None, True, done_by="hand", done_on="2026-11-03"),
        StageTask("d", "请客户转介", None, None, left_out=left_out),
        StageTask("e", "配上第二类产品", None, None, paused="complaint"),
    )
    lines = card(replace(portraits[FULL], stage=replace(stage, tasks=tasks), next_actions=())).tasks.lines
    assert [(one.text, one.date, one.state) for one in lines] == [
        ("问清KYC五问", "2026-11-02", "late"), ("介绍一款钩子产品", "2026-12-02", "open"),
        ("完成风险测评", "2026-11-03", "done"), ("请客户转介", "", ""), ("配上第二类产品", "", ""),
    ]  # fmt: skip
    assert [one.aside for one in lines][:3] == ["", "云澜现金添利", "手工打勾"]
    assert lines[3].aside.startswith("注明不做:")
    assert lines[4].aside == "暂停:投诉中"
