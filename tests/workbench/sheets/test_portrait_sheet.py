"""The one page about a customer: exactly one A4 page whatever is known, masked, dated, without the observed style."""

import json
from dataclasses import replace

import pypdfium2
import pytest

from workbench.insight.churn.causes import Cause
from workbench.insight.churn.verdict import CustomerRisk, SignalVerdict
from workbench.insight.portrait.advice import Action
from workbench.insight.portrait.portrait import HoldingRow, MonthPoint, Portrait, TouchRow
from workbench.insight.portrait.unsaid import Never
from workbench.insight.tags.explain import Input, TagOnCustomer
from workbench.people.links import Household, Relation
from workbench.rules.parameters import Rules
from workbench.sheets.portrait_sheet import names, portrait_content, portrait_pdf

WORDS = names(Rules.load(), [("call", "电话")], [("reached", "接通")])


def tag(number: int, *, style: bool = False) -> TagOnCustomer:
    inputs = (Input("style", "沟通风格", "enum", 1, "measure", "D", "D 控制"),) if style else ()
    label = "话术口吻" if style else f"标签{number}"
    return TagOnCustomer(
        f"V.T.T.M{number}", f"v_t_t_m{number}", label, label, f"{number % 9}0", f"第{number % 9}组", 3, "flag", 1, "是",
        "hit", "因为如此。", "规则", inputs, (), "", "2026-10-31", None, 1, "P", "人", "C2", False, ("show",),
    )  # fmt: skip


def portrait(size: int = 3) -> Portrait:
    """A portrait with `size` lines of everything."""
    points = tuple(
        MonthPoint(
            f"2026-{n:02d}", f"2026-{n:02d}-28", {"aum_balance": n * 10_000_000, "demand_balance": n * 4_000_000}, None
        )
        for n in range(1, 11)
    )  # fmt: skip
    said = "截至2026-10-31:最新时点余额71.0万,比近四个月最高月日均182.4万低61%,林秀英的手机 13812340001。"
    signals = tuple(SignalVerdict(f"S{n % 7 + 1}", "hit", 3, 1.0, said, {}) for n in range(min(size, 7)))
    risk = CustomerRisk(
        1, "0000100417", "林秀英", 78.0, "red", 1, 71_000_000, "L6", signals, ("S4",), (), said
    )
    actions = tuple(
        Action("red", f"第{n}件事", said * 2, "先问近况,再问用途" * 4, "2026-11-23", 1, False, ())
        for n in range(min(size, 3))
    )
    return Portrait(
        1, "0000100417", "林秀英", "2026-10", "2026-10-31",
        (("gender", "性别", "女"), ("age", "年龄", "52"), ("phone", "手机号", "13812340001")),
        "L6", "钻石", "塔尖", "钻石卡", 1, 1, points,
        tuple(HoldingRow(None, f"稳健理财{n}号", "理财", "R2", n * 100_000, None, "2026-11-24", "holding", None)
              for n in range(size)),
        risk,
        tuple(TouchRow(n, "2026-09-27", "call", "reached", "customer", None, "问他行利率,陈建国也在") for n in range(size)),
        None, None,
        tags=(*(tag(n) for n in range(size * 6)), tag(99, style=True)),
        household=Household(
            tuple(Relation(n, "spouse", "配偶", "陈建国", "0000100418", "L3", 4_900_000, None, "2026-01-01", True, False)
                  for n in range(size)),
            (), 75_900_000, "家庭在册 2 人,资产月日均合计 75.9万。",
        ),
        causes=(Cause("competition", "竞争", 0.6, ("同名转出",)),),
        next_actions=actions,
        do_not_say=tuple(Never(f"n{n}", "不提 R4 及以上的产品", said) for n in range(size)),
    )  # fmt: skip


def page(found: Portrait) -> str:
    """The text of the page. Fails when there is not exactly one."""
    content = portrait_content(
        found, WORDS, printed_by="周敏", printed_at="2026-11-22 09:12:00", number="P20261122-0417"
    )
    document = pypdfium2.PdfDocument(portrait_pdf(content, "0000100001").content)
    try:
        assert len(document) == 1
        width, height = document[0].get_size()
        assert (round(width), round(height)) == (595, 842)
        return document[0].get_textpage().get_text_range().replace("\r\n", "\n")
    finally:
        document.close()


@pytest.mark.parametrize("size", [0, 3, 12, 80])
def test_it_is_one_page_however_much_is_known(size: int) -> None:
    text = page(portrait(size))
    assert "数据日期 2026-10-31" in text
    assert "编号 P20261122-0417" in text
    assert "会后请销毁" in text


def test_somebody_of_whom_nothing_is_known_has_a_page_too() -> None:
    bare = replace(
        portrait(0),
        points=(),
        facts=(),
        risk=None,
        tags=(),
        household=None,
        as_of=None,
        tier=None,
        tier_name=None,
    )
    text = page(bare)
    assert "数据日期 无" in text
    assert "没有月度数据" in text


def test_names_phones_and_numbers_are_masked() -> None:
    text = page(portrait())
    for secret in ("林秀英", "陈建国", "13812340001", "0000100417", "0000100418"):
        assert secret not in text
    assert "林**" in text
    assert "0417" in text


def test_the_observed_style_is_not_printed() -> None:
    content = portrait_content(portrait(), WORDS, printed_by="", printed_at="2026-11-22", number="1")
    said = json.dumps(content, ensure_ascii=False)
    assert "话术口吻" not in said
    assert "标签1" in said


def test_what_the_identity_number_stands_in_for_is_said() -> None:
    found = replace(portrait(), by_number=frozenset({"gender", "age"}))
    content = portrait_content(found, WORDS, printed_by="", printed_at="2026-11-22", number="1")
    assert content["about"].endswith("女 · 52 岁 · 性别、年龄由证件号推算")


def test_what_matters_most_is_on_the_page() -> None:
    text = "".join(page(portrait()).split())
    for words in (
        "红灯78",
        WORDS["S1"],
        "接下来三件事",
        "第0件事",
        "禁忌",
        "竞争",
        "电话",
        "接通",
        "稳健理财1",
    ):
        assert words in text


def test_deposits_are_added_up_from_their_kinds() -> None:
    content = portrait_content(portrait(), WORDS, printed_by="", printed_at="2026-11-22", number="1")
    bars = content["left"][0]
    assert bars["names"] == ["存款", "其他"]
    assert bars["months"][-1] == {"label": "26-10", "parts": [400_000.0, 600_000.0]}


def test_clauses_are_left_out_whole_and_no_figure_is_cut_off() -> None:
    crowded = portrait(12)
    said = "月日均 146.4万,比钻石门槛高 46.4万;距准私行门槛 300.0万还差 153.6万;" * 8
    action = replace(crowded.next_actions[0], why=said)
    text = page(replace(crowded, next_actions=(action, *crowded.next_actions[1:])))
    assert "…" not in text
