"""Age, birthday and sex by the identity number where the lists lack those columns (domain 16.4), in every place that
goes by them; a list's own word goes first, and the portrait says what the number stands in for."""

from pathlib import Path
from typing import Any

import pytest

from tests.books import new_workbench
from tests.workbench.conftest import SmallBook
from workbench.insight.portrait.portrait import Portrait
from workbench.rules.parameters import Rules
from workbench.sample.people import check_digit

TODAY = "2026-11-16"


def number(born: str, *, man: bool = False) -> str:
    """A valid number of somebody born on a day."""
    first = "110105" + born.replace("-", "") + ("001" if man else "002")
    return first + check_digit(first)


WOMAN_48 = number("1978-11-20")
BOY_17 = number("2009-05-01", man=True)


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)


def values(found: Portrait) -> dict[str, Any]:
    assert found.picture is not None
    return {key: found.picture.get(key) for key in ("age", "gender", "birth_date", "birthday_in")}


def test_everything_that_goes_by_age_or_sex_has_it_from_the_number(small: SmallBook) -> None:
    batch = small.batch()
    for no, number_of in (("a", WOMAN_48), ("b", BOY_17), ("c", "110105194912310021")):
        small.customer(no, id_no=number_of, batch_id=batch, source_row=7)
        small.month(no, aum_balance=100_000, batch=batch)
    insight = small.insight
    woman, boy, nobody = (insight.portrait(no) for no in "abc")
    assert values(woman) == {"age": 47, "gender": "女", "birth_date": "1978-11-20", "birthday_in": 4}
    assert values(boy) | {"birthday_in": 0} == {
        "age": 17, "gender": "男", "birth_date": "2009-05-01", "birthday_in": 0,
    }  # fmt: skip
    assert set(values(nobody).values()) == {None}
    # the portrait says so, in words and in its document
    assert {("gender", "性别", "女"), ("birth_date", "出生日期", "1978-11-20"), ("age", "年龄", "47")} <= set(
        woman.facts
    )
    assert woman.by_number_words == "性别、出生日期、年龄由证件号推算"
    assert woman.as_json()["by_id_number"] == ["age", "birth_date", "gender"]
    assert (nobody.by_number, nobody.by_number_words) == (frozenset(), "")
    # what stands behind it is the cell of the number
    assert {one.field for one in insight.evidence.of("a", ["age", "gender"])} == {"id_no"}
    # advice, lists by condition, leads, signals
    assert "minor" in [one.code for one in boy.do_not_say]
    insight.engine.ensure()
    picked = insight.picking.rows("gender = '女' and age between 45 and 50", limit=10)
    assert [one.customer.customer_no for one in picked] == ["a"]
    assert [one.customer_no for one in small.leads("2026-W47") if one.kind == "birthday"] == ["a"]
    assert ("P1" in small.risk("b").profiles, "P1" in small.risk("a").profiles) == (False, False)


def test_the_fragile_young_are_seen_by_their_numbers(small: SmallBook) -> None:
    low, high = Rules.load().numbers("P1.ages")
    for no, born in (("in", 2026 - round(low) - 1), ("out", 2026 - round(high) - 3)):
        small.customer(no, id_no=number(f"{born}-01-02"))
        small.month(no, aum_balance=100_000)
    assert "P1" in small.risk("in").profiles
    assert "P1" not in small.risk("out").profiles


def test_what_a_list_tells_goes_before_the_number(small: SmallBook) -> None:
    small.customer("told", id_no=WOMAN_48, gender="男", birth_date="1990-01-01")
    small.customer("aged", id_no=WOMAN_48)
    small.month("told", aum_balance=100)
    small.month("aged", aum_balance=100, age=40)
    insight = small.insight
    told, aged = insight.portrait("told"), insight.portrait("aged")
    assert (values(told)["age"], values(told)["gender"]) == (36, "男")
    assert told.by_number == frozenset()
    assert {one.field for one in insight.evidence.of("told", ["age", "gender"])} == {"birth_date", "gender"}
    assert (values(aged)["age"], values(aged)["birth_date"]) == (40, "1978-11-20")
    assert aged.by_number == {"birth_date", "gender"}
    assert {key: value for key, _label, value in aged.facts}["age"] == "40"


def test_what_was_set_right_by_hand_goes_before_the_number(small: SmallBook) -> None:
    small.customer("1", id_no=WOMAN_48)
    small.month("1", aum_balance=100, age=40)
    insight = small.insight
    insight.engine.ensure()
    insight.corrections.correct("1", "birth_date", "1950-03-01", "看了户口本")
    insight.engine.ensure()
    found = insight.portrait("1")
    assert values(found)["age"] == 76
    assert found.by_number_words == "性别、出生日期由证件号推算"


def test_a_list_with_numbers_and_without_those_columns(tmp_path: Path) -> None:
    """As head office sends it: the columns of a list decide what counts as told."""
    file = tmp_path / "名单_20261031.csv"
    lines = [
        "客户编号,客户名称,证件号码,金融资产余额",
        f"00000001,张三,{WOMAN_48},100000",
        "00000002,李四,,5000",
    ]
    file.write_text("\n".join(lines), "utf-8")
    with new_workbench(tmp_path / "a.book", "春风化雨 2026") as workbench:
        workbench.intake.read(file).commit()
        workbench.insight.engine.ensure()
        picked = workbench.insight.picking.rows("性别 = '女' and 年龄 >= 40", limit=10)
        assert [one.customer.customer_no for one in picked] == ["00000001"]
        assert values(workbench.insight.portrait("00000002"))["age"] is None
