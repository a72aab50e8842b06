"""The thresholds and examples that the method handbook states are those of the program (issue 11)."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
import tomli as tomllib

from workbench.base.handbook import sections
from workbench.insight.churn.fusion import fuse, light_of, weights
from workbench.insight.genes.disc import scored
from workbench.intake.cells.idcard import wrong_check_digits
from workbench.rules.parameters import Rules, presets
from workbench.rules.thresholds import Param
from workbench.rules.tiers import deposit_today

ROOT = Path(__file__).parents[1]
TEXT = "\n".join(line for section in sections() for line in section.lines)
PARAMS = {param.key: param for param in Rules.load().params()}

# -- thresholds ----------------------------------------------------------------------------------------------------

_MARK = re.compile(r"(?:\*\*([^*\n]+)\*\*)?〔([^〔〕\n]*)〕")
#: words that may follow the figures of a unit
_UNITS = {
    "yuan": "元", "day": "天 个自然日",
    "days": "天",
    "天": "天", "month": "个月", "ratio": "% 倍", "score": "分", "point": "分",
    "times": "倍 次", "year": "岁 年", "count": "个 次 笔 户 条 项 位 类 件 分",
    "visits": "次 户", "calls": "通", "minutes": "分钟",
    "minute": "分钟", "seconds": "秒", "second": "秒", "customers": "户 人", "product": "个", "item": "项", "methods": "个",
    "characters": "字",
    "cases": "件", "items": "件", "points": "分", "hour": "小时 个工作小时", "workday": "个工作日", "workdays": "个工作日",
    "hours": "点 小时", "cycles": "个", "weeks": "周", "次": "次", "行": "行", "psi": "", "weekday": "", "column unit": "",
}  # fmt: skip
_FIGURE = re.compile(r"^(-?[\d,]+(?:\.\d+)?) ?(万)?(.*)$")


def marks() -> list[tuple[str | None, str]]:
    """(value as written or None, what stands in the brackets) of every mark."""
    return [(found[1], found[2]) for found in _MARK.finditer(TEXT)]


def stated(words: str) -> tuple[list[float], str]:
    """The figures of a value as written, and the word of its unit: '0、1 万、5 万元' -> [0, 10000, 50000], '元'."""
    pieces = [_FIGURE.match(one.strip()) for one in words.split("、")]
    assert all(pieces), words
    figures = [
        float(piece[1].replace(",", "")) * (10_000 if piece[2] else 1) / (100 if "%" in piece[3] else 1)
        for piece in pieces
        if piece
    ]
    last = pieces[-1]
    return figures, last[3].strip() if last else ""


def fault(words: str | None, name: str) -> str | None:
    """What is wrong with one mark; None when it says what the program has."""
    pieces = name.split(" ")
    if len(pieces) != 2:
        return f"{name}: no name with a source"
    preset, _colon, key = pieces[0].rpartition(":")
    param = PARAMS.get(key)
    by_name = {shown: code for code, shown in presets().items()}
    if param is None or (preset and preset not in by_name):
        return f"{name}: nothing is called so"
    if pieces[1] != param.mark:
        return f"{name}: its source is {param.mark}"
    value = Rules.load(by_name[preset])[key] if preset else param.default
    return None if words is None else _difference(words, param, value)


def _difference(words: str, param: Param, value: object) -> str | None:
    values = list(value) if isinstance(value, list | tuple) else [value]
    if isinstance(value, bool):
        return None if words == ("是" if value else "否") else f"{param.key}: {words} is not {value}"
    if all(isinstance(one, str) for one in values):
        return None if words.split("、") == values else f"{param.key}: {words} is not {values}"
    figures, unit = stated(words)
    if figures != pytest.approx(values):
        return f"{param.key}: {words} is not {values}"
    allowed = _UNITS.get(param.unit, "").split() if param.unit else None
    if allowed is not None and unit not in allowed and not (unit == "" and param.unit in _BARE):
        return f"{param.key}: {words} has another unit than {param.unit}"
    return None


#: what judges nobody: it orders those whom no signal names, bins values for a chart, or limits what is shown
_ONLY_SHOWS = {
    "grade.calm", "towers.gap_rows", "picking.suggestions", "suit.term_words_days", "pivot.bands.money",
    "pivot.bands.ratio", "pivot.bands.age", "tags.bins.money", "tags.bins.ratio", "tags.bins.count", "tags.bins.number",
    "decision.note_most", "cadence.note_most", "cadence.shown",
}  # fmt: skip
#: units whose figures may stand without a word
_BARE = {"count", "ratio", "psi", "weekday", "column unit", "month"}


def test_every_threshold_is_the_programs() -> None:
    assert [one for one in (fault(words, name) for words, name in marks()) if one] == []
    assert len(marks()) >= 300


def test_bold_figures_have_their_mark() -> None:
    """So that no threshold is stated that nothing holds against the program."""
    assert re.findall(r"\*\*\d[^*\n]*\*\*(?!〔)[^\n]{0,10}", TEXT) == []


@pytest.mark.parametrize(
    ("words", "name", "right"),
    [
        ("25、45、65 分", "lights P", True),
        ("25、45、66 分", "lights P", False),
        ("25、45、65 天", "lights P", False),
        ("25、45、65 分", "lights S", False),
        ("5 万元", "light.lowest_line P", True),
        ("5 元", "light.lowest_line P", False),
        ("30 万元", "农商行:genes.big P", True),
        ("50 万元", "农商行:genes.big P", False),
        ("15%、30%、50%", "S3.drop P", True),
        ("否", "S3.net_of_peers P", True),
        ("是", "S3.net_of_peers P", False),
        ("3 天", "no.such P", False),
    ],
)
def test_a_wrong_figure_unit_or_source_is_found(words: str, name: str, right: bool) -> None:
    assert (fault(words, name) is None) is right


@pytest.mark.parametrize(
    "area",
    [
        "insight_allocation",
        "insight_behaviour", "insight_causes", "insight_chips", "insight_critical", "insight_flows", "insight_genes",
        "insight_honeymoon", "insight_hooks", "insight_journey",
        "insight_life", "insight_matrix", "insight_picking", "insight_portrait", "insight_signals",
        "insight_tag_values", "insight_tags", "insight_tiers", "insight_towers", "outreach", "outreach_cadence",
        "outreach_contacts", "outreach_gifts", "outreach_salons",
        "outreach_goals", "outreach_lights", "outreach_outcomes", "outreach_pins", "outreach_today", "outreach_touches",
        "people_consent", "window",
    ],
)  # fmt: skip
def test_no_number_that_judges_a_customer_goes_unstated(area: str) -> None:
    written = tomllib.loads((ROOT / "resources" / "rules" / f"{area}.toml").read_text("utf-8"))["params"]
    said = {name.split(" ")[0] for words, name in marks() if words}
    figures = [key for key, raw in written.items() if "unit" in raw and _numeric(raw["value"])]
    assert [key for key in figures if key not in said | _ONLY_SHOWS] == []


def _numeric(value: object) -> bool:
    values = value if isinstance(value, list) else [value]
    return bool(values) and not any(isinstance(one, str) for one in values)


@pytest.mark.parametrize(
    ("code", "condition", "words"),
    [
        (
            "G.SEG.TRADE.M0",
            "merchant_txn_count >= 20 or merchant_amount >= 1万",
            "上月收单至少 20 笔或 1 万元",
        ),
        ("G.SEG.YOUTH.M0", "age between 18 and 30", "18 到 30 岁,且已确认不属于 1 到 4"),
        ("G.SEG.WHITE.M0", "age between 25 and 59 and payroll_run >= 3", "25 到 59 岁,连续三个月有代发"),
        ("G.SEG.PAYROLL.M0", "payroll_3 >= 2", "最近三个月至少两个月有代发"),
        ("G.SEG.WOMAN.M0", "age between 25 and 59", "25 到 59 岁女性"),
        ("G.POT.WEALTH.M0", "monthly_income >= 3万", "月收入 3 万元以上"),
        ("G.POT.WEALTH.M0", "credit_limit >= 200万", "授信额度 200 万元以上"),
        ("G.POT.WEALTH.M0", "merchant_amount * 12 >= 500万", "收单年流水 500 万元以上"),
        ("G.POT.WEALTH.M0", "same_name_mean >= 5万", "转给自己他行账户 5 万元以上"),
        ("G.PER.LEADER.M0", "payroll_mean >= 5万", "高管(月均代发 5 万元以上"),
        (
            "G.PER.HEIR.M0",
            "age between 25 and 45 and big_in >= 50万",
            "继承者(25 到 45 岁,近 90 天流入 50 万元以上",
        ),
        ("S.ACTIVATE.ONE.D180", "b_new_opened_d180 and", "开户 180 天内,手机银行、代发或代扣、资产达标"),
        ("R.LOAN.WATCHED.M0", "change_share <= -70%", "资产月降七成以上"),
        ("C.MOBILE.QUIET.D30", "days_since(last_login_date) > 30", "签约后 30 天未登录"),
    ],
)
def test_figures_of_tags_are_those_of_their_conditions(code: str, condition: str, words: str) -> None:
    rules = {
        tag["code"]: tag.get("rule", "")
        for file in (ROOT / "resources" / "tags").glob("*.toml")
        for tag in tomllib.loads(file.read_text("utf-8"))["tag"]
    }
    assert condition in " ".join(rules[code].split())
    assert words in TEXT


# -- worked examples (chapter 20) ----------------------------------------------------------------------------------

EXAMPLES = next(one for one in sections() if one.number == "20")


def test_every_example_names_a_test_that_there_is_or_says_that_it_is_not_built() -> None:
    wrong = []
    for line in EXAMPLES.lines:
        if not re.match(r"^\d+\. ", line):
            continue
        named = re.findall(r"`(tests/\S+\.py)::(test_\w+)`", line)
        built = all(f"def {test}(" in (ROOT / file).read_text("utf-8") for file, test in named)
        if not (named and built) and "尚未提供" not in line:
            wrong.append(line[:60])
    assert wrong == []


def test_the_table_of_fusion_is_what_the_program_reckons() -> None:
    rules = Rules.load()
    anchors, lights = rules.numbers("grade.anchors"), {"yellow": "黄", "orange": "橙", "red": "红"}
    rows = [line.strip("| ").split(" | ") for line in EXAMPLES.lines if line.startswith("| S")]
    assert len(rows) == 8
    for hits, risk, light in rows:
        grades = {hit[:2]: anchors[int(hit[3]) - 1] for hit in hits.split()}
        fused = fuse(grades, weights(rules))
        assert fused == pytest.approx(float(risk), abs=0.051)
        assert lights.get(light_of(fused, rules.numbers("lights")) or "") == light


def _example(number: int) -> str:
    return next(line for line in EXAMPLES.lines if line.startswith(f"{number}. "))


def test_the_deposit_of_today_is_what_the_program_reckons() -> None:
    line, average, balance, answer = (
        float(one) for one in re.findall(r"门槛 (\d+) 万.*日均 (\d+) 万、现余额 (\d+) 万.* = ([\d.]+) 万元", _example(2))[0]
    )  # fmt: skip
    wan = 1_000_000
    asked = deposit_today(round(line * wan), round(average * wan), round(balance * wan), days=30, left=10)
    assert asked == round(answer * wan)


def test_the_indices_of_style_are_what_the_program_reckons() -> None:
    most, least = (dict(zip("DISC", map(int, one.split(", ")), strict=True))
                   for one in re.findall(r"[ML] =\(([\d, ]+)\)", _example(8)))  # fmt: skip
    found = scored(most, least, Rules.load())
    told = re.findall(r"指数 ([\d.、]+),", _example(8))[0].split("、")
    assert [f"{found.index[letter]:.1f}" for letter in "DISC"] == told
    assert (found.primary, found.secondary) == (("D",), "")


def test_the_identity_number_and_the_serial_are_right() -> None:
    number = re.findall(r"\d{17}[\dX]", _example(10))[0]
    assert wrong_check_digits([number]) == []
    serial, year, month, day = map(int, re.findall(r"(\d+) 是 (\d+) 年 (\d+) 月 (\d+) 日", _example(13))[0])
    assert dt.date(1899, 12, 30) + dt.timedelta(days=serial) == dt.date(year, month, day)
