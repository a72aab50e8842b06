"""The words that users read: those of a bank, no code without its word, nothing said of a product as if it were a deposit."""

import re
from pathlib import Path
from typing import Any

import tomli as tomllib

from workbench.outreach.methods import catalogue
from workbench.outreach.playbook.library import library
from workbench.rules.red_lines import red_lines_in

RESOURCES = Path(__file__).parents[3] / "resources"
WORDS = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))
#: codes of signals, profiles, leads, stages and waves, and of tags
CODE = re.compile(r"(?<![A-Za-z0-9_.])(?:[SPNJW]\d|[BVPTRS]\.[A-Z]{2,}[A-Z.0-9]*)(?![A-Za-z0-9])")
BRACKETS = re.compile(r"\([^()]*\)|“[^”]*”")


def _body(path: str) -> dict[str, Any]:
    return tomllib.loads((RESOURCES / path).read_text("utf-8"))


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inside for text in _texts(one)]


def _with(words: list[str], texts: list[str]) -> list[str]:
    return [f"{word}: {text}" for text in texts for word in words if word in text]


def test_no_text_says_what_a_bank_does_not_say(sentences: dict[str, set[str]]) -> None:
    assert _with(WORDS["banned"]["words"], sorted(sentences)) == []


def test_a_code_stands_behind_its_word_in_brackets_or_on_the_command_line(
    sentences: dict[str, set[str]],
) -> None:
    """A tooltip is a code alone and no sentence; commands take codes, faults of a tag file name them."""
    elsewhere = ("workbench/commands/", "workbench/insight/tags/")
    bare = [
        message
        for message, places in sorted(sentences.items())
        if CODE.search(BRACKETS.sub("", message)) and not all(place.startswith(elsewhere) for place in places)
    ]
    assert bare == []


def test_what_columns_would_unlock_is_named_without_codes(sentences: dict[str, set[str]]) -> None:
    shown = [
        text
        for text, places in sentences.items()
        if places & {"resources/unlocks.toml", "resources/fields.toml"}
    ]
    assert shown
    assert [text for text in shown if CODE.search(text)] == []


def test_products_that_are_no_deposits_are_not_described_as_deposits() -> None:
    told = WORDS["deposits"]
    families = {one["code"]: one["regime"] for one in _body("products/families.toml")["family"]}
    others = [
        rule["why"]
        for rule in _body("products/needs.toml")["rule"]
        if families[rule["family"]] not in told["regimes"]
    ]
    assert others
    assert _with(told["words"], others) == []


def test_no_line_for_customers_speaks_of_a_product_as_of_a_deposit() -> None:
    lines = [
        text
        for one in _body("genes/segments.toml")["segment"]
        for key in ("hooks", "combo", "scripts")
        for text in one[key]
    ]
    lines += [
        text for one in _body("festivals.toml").values() for text in _texts(one) if not text.startswith("不")
    ]
    lines += [one.text for one in library().scripts.values() if one.to == "customer"]
    assert len(lines) > 100
    assert _with(WORDS["lines"]["words"], lines) == []


def test_openers_presume_no_fault_and_do_not_read_like_a_fraud_message() -> None:
    """A message names who writes it and where that can be checked, and asks for no answer."""
    openers = {one.kind: one.texts["script"] for one in catalogue().methods}
    assert not re.search(
        r"我们|没做好|改进|流失|转走|转出", openers["keep_red"].replace("我们服务的意见", "")
    )
    assert not re.search(r"改进|流失|转走|转出|用钱", openers["keep_orange"])
    written = [openers[kind] for kind in ("keep_yellow", "wake", "calendar_note")]
    assert len(written) == 3
    for text in written:
        assert text.startswith("我是您的客户经理")
        assert "网点" in text
        assert "热线" in text
        assert not re.search(r"回我|小事|链接|验证码|账户上|帮您看", text)


def test_no_opener_or_greeting_promises() -> None:
    outreach = _body("rules/outreach.toml")
    said = [
        text
        for kind in ("methods", "resources", "landings")
        for one in outreach[kind]
        for key, text in one.items()
        if key.startswith(("script", "action"))
    ]
    assert [(one.word, text) for text in said for one in red_lines_in(text)] == []
