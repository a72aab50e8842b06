"""Red lines: every word is found, what is harmless or denied is not, and no sentence of ours crosses one (domain 8.5)."""

from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest
import tomli as tomllib

from workbench.base.errors import WorkbenchError
from workbench.rules.red_lines import RedLine, denials, hold, red_lines_in, shipped_lines

RESOURCES = Path(__file__).parents[3] / "resources"


def words(text: str, **more: Any) -> list[str]:
    return [one.word for one in red_lines_in(text, **more)]


def test_each_word_is_found_wherever_it_stands_and_says_why_and_what_instead() -> None:
    for line in shipped_lines():
        scene = line.scenes[0] if line.scenes else ""
        text = f"您放心,{' '.join(line.word)}。"
        found = red_lines_in(text, regime="wealth" if line.of_products else "", scene=scene, quiet=line.quiet)
        assert any(line.word in one.word for one in found), line.word
        assert line.word in line.sentence, line.word
        assert line.reason in line.sentence, line.word
        assert "可以说" in line.sentence, line.word
        # what is proposed instead crosses no line itself, in no scene but that of greetings
        assert red_lines_in(line.instead, regime="deposit" if "存款" in line.instead else "") == (), line.word


def test_a_denied_word_is_no_promise() -> None:
    for line in filter(attrgetter("denied"), shipped_lines()):
        more = {"regime": "wealth" if line.of_products else ""}
        for denial in ("不", "不是", "没有", "不说“"):
            assert line.word not in words(f"它{denial}{line.word}", **more), denial
        assert line.word in " ".join(words(f"它不但{line.word}", **more)), line.word


@pytest.mark.parametrize(
    "text",
    [
        "请按时携带身份证办理", "非存款,不保本,收益不保证", "我们不承诺收益", "没有风险测评结果,先补测评", "抢收忙完了吗",
        "有人让您转账验资,立即挂断", "别把密码告诉任何人", "25到59岁的女性", "提醒随时取消", "谁说高收益都要当心",
        "自称保本的先别信", "您喜欢的那场讲座",
    ],
)  # fmt: skip
def test_what_is_harmless_is_not_refused(text: str) -> None:
    assert words(text, quiet=True) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("这款理财保本,稳赚", ["保本", "稳赚"]), ("保 本", ["保本"]), ("不但保本,而且收益最高", ["收益最高", "保本"]),
        ("不保本的也有,这款保本", ["保本"]), ("抢到就是赚到", ["抢"]), ("随时取用", ["随时取用"]), ("可以缴到 59 岁", ["缴到59"]),
        ("用的时候不求人", ["用的时候不求人"]), ("没有风险", ["没有风险"]), ("最后一天,赶紧办", ["最后一天", "赶紧"]),
    ],
)  # fmt: skip
def test_what_crosses_a_line_is_named_once(text: str, found: list[str]) -> None:
    assert sorted(words(text)) == sorted(found)


def test_a_word_counts_by_regime_scene_and_day() -> None:
    assert words("每天有利息", regime="wealth") == ["利息"]
    assert words("每天有利息", regime="deposit") == words("每天有利息") == []
    assert words("保本", regime="deposit") == []
    assert words("这款理财", scene="birthday") == ["理财"]
    assert words("节日快乐", quiet=True) == ["快乐"]
    assert words("节日快乐") == []


def test_a_text_that_crosses_one_is_refused_with_the_word_why_and_what_instead() -> None:
    assert hold("请看说明书", "话术") == "请看说明书"
    with pytest.raises(WorkbenchError) as refused:
        hold("存款送您一壶,保证收益", "话术", [*shipped_lines(), RedLine("送油壶", "", "")])
    assert (refused.value.code, refused.value.facts["words"]) == ("red_line", "保证收益、存款送")
    assert "话术" in refused.value.message
    assert "不承诺收益。可以说:" in refused.value.hint
    with pytest.raises(WorkbenchError) as own:
        hold("送您油壶", "话术", [RedLine("油壶", "", "")])
    assert own.value.hint == "“油壶”不能说。"
    assert "不" in denials()


# -- our own sentences ---------------------------------------------------------------------------------------------


def _texts(body: object) -> Iterator[str]:
    if isinstance(body, str):
        yield body
    for one in body.values() if isinstance(body, dict) else body if isinstance(body, list) else ():
        yield from _texts(one)


def _body(path: str) -> dict[str, Any]:
    return tomllib.loads((RESOURCES / path).read_text("utf-8"))


def _said() -> Iterator[tuple[str, str]]:
    """(where, text) of what a manager reads out, shows or prints: not what he is told never to say."""
    for folder in ("rules", "tags", "products", "genes"):
        for path in sorted((RESOURCES / folder).glob("*.toml")):
            body = _body(f"{folder}/{path.name}")
            if folder == "rules":
                texts = [text for key, text in body.get("texts", {}).items() if not key.startswith("never.")]
                body = {
                    "texts": texts,
                    **{
                        key: body[key] for key in ("methods", "resources", "landings", "tasks") if key in body
                    },
                }
            for text in _texts(body):
                yield path.name, text
    for one in _body("festivals.toml").values():
        for row in one if isinstance(one, list) else ():
            yield "festivals.toml", row.get("says", "")


#: what names a word without saying it to a customer: words searched for, states, descriptions for the manager
_NAMED = {
    "insight_card.toml": ("立即",), "insight_honeymoon.toml": ("错过",), "insight_towers.toml": ("撤诉",),
    "quadrants.toml": ("限时",), "segments.toml": ("高收益",), "sheets.toml": ("购物卡",), "styles.toml": ("肯定赚",),
    "80_strategy.toml": ("立即",),
}  # fmt: skip


def test_no_sentence_of_ours_crosses_a_red_line() -> None:
    checked = 0
    crossed = []
    for where, text in _said():
        checked += 1
        crossed += [
            (where, one.word, text) for one in red_lines_in(text) if one.word not in _NAMED.get(where, ())
        ]
    assert checked > 1_500
    assert crossed == []


def test_no_printed_template_crosses_a_red_line() -> None:
    crossed = [
        (path.name, one.word)
        for path in sorted((RESOURCES / "sheets").rglob("*.typ"))
        for one in red_lines_in(path.read_text("utf-8"))
    ]
    assert crossed == []


@pytest.mark.parametrize("hidden", ["\u200b", "\u2060", "\u202e", "\x07", "\u00ad", "\ufeff"])
def test_a_word_that_nobody_sees_is_broken_up_is_the_same_word(hidden: str) -> None:
    assert words(f"这款保{hidden}本") == ["保本"]
    assert words(f"它不保{hidden}本") == []


def test_letters_and_digits_of_full_width_are_the_same() -> None:
    assert words("可以缴到５９岁") == ["缴到59"]
