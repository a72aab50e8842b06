"""A new customer is first made safe, then shown how, then asked, and only then offered something (domain 3, 10.3)."""

import re

from workbench.outreach.playbook.library import library

SCRIPTS = tuple(library().scripts.values())
NEW = tuple(one for one in SCRIPTS if one.library == "waves")
PRODUCTS = tuple(one for one in SCRIPTS if one.library in ("hook", "compare"))


def test_every_wave_has_two_scripts_of_its_stage() -> None:
    waves = [one.of["wave"] for one in NEW]
    assert {wave: waves.count(wave) for wave in waves} == dict.fromkeys(library().axes["wave"], 2)
    assert all("J1" in one.stage for one in NEW)
    assert {one.of["wave"] for one in NEW if "J2" in one.stage} == {"W5", "W6", "W7"}


def test_the_first_waves_sell_nothing() -> None:
    early = [one for one in NEW if one.of["wave"] in ("W0", "W1", "W2")]
    assert all(one.kind != "marketing" and not one.regime and "{product}" not in one.text for one in early)


def test_a_hook_names_a_product_of_the_sheets_or_its_regime() -> None:
    for one in PRODUCTS:
        assert one.regime or "{product}" in one.text, one.id
        if "{product}" in one.text:
            assert "{terms}" in one.text, one.id


def test_cash_products_are_told_with_their_daily_limit_or_as_no_deposit() -> None:
    cash = [one for one in SCRIPTS if one.library == "hook" and one.regime == "wealth"]
    assert len(cash) >= 3
    assert all("不是存款" in one.text and re.search(r"限额|上限", one.text) for one in cash)


def test_funds_and_gold_are_only_asked_about() -> None:
    for one in SCRIPTS:
        if one.library == "hook" and one.regime in ("fund", "gold"):
            assert one.risk == 3
            assert re.search(r"[??]", one.text) or "先做测评" in one.text


def test_the_pension_account_says_that_it_is_locked() -> None:
    told = [one.text for one in SCRIPTS if one.library == "hook" and "个人养老金" in one.text]
    assert len(told) == 2
    assert all(re.search(r"领基本养老金|退休", text) for text in told)
    assert not any("59" in text for text in told)


def test_a_wallet_is_compared_and_not_run_down() -> None:
    compared = [one for one in SCRIPTS if one.library == "compare"]
    assert {segment for one in compared for segment in one.segment} >= {"youth", "white", "trade", "elder"}
    joined = "".join(one.text for one in compared)
    assert [word for word in ("不安全", "骗", "跑路", "倒闭", "不靠谱", "更高") if word in joined] == []
    first = compared[0].text
    assert "真方便" in first
    assert "都不是存款" in first
