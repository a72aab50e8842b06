"""Why somebody has a light, each fact once, wherever it is read (domain 4.4)."""

from dataclasses import replace

from workbench.insight.churn.evidence import signal_sentence
from workbench.insight.churn.sentences import dated, foremost, in_one, opening, sentences
from workbench.insight.churn.verdict import CustomerRisk, SignalVerdict
from workbench.rules.parameters import Rules

RULES = Rules.load()
DAY = "2026-10-31"
HEAVY = {
    "as_of": DAY, "causes": ["recent", "heavy"], "balance_fen": 12_000_00, "recent_high_fen": 600_000_00,
    "recent_share": 0.98, "line_fen": 500_000_00, "average_fen": 40_000_00, "last_average_fen": 600_000_00,
}  # fmt: skip


def hit(code: str, grade: float, reason: str) -> SignalVerdict:
    return SignalVerdict(code, "hit", 1, grade, reason, {"as_of": DAY})


RISK = replace(
    CustomerRisk(1, "0001", "张三", 70.0, "red", 1, 100, "L4"),
    hard_rule="单月净流出60%",
    signals=(
        hit("S2", 0.3, f"截至{DAY}:交易少了。"),
        hit("S3", 1.0, f"截至{DAY}:单月净流出60%。"),
        hit("S7", 0.7, f"截至{DAY}:代发停了。"),
    ),
)


def test_the_heaviest_signal_comes_first_after_the_hard_rule_and_nothing_twice() -> None:
    assert sentences(RISK, RULES) == ["单月净流出60%", "代发停了", "交易少了"]
    assert in_one(RISK, RULES) == "单月净流出60%;代发停了;交易少了"


def test_the_date_and_the_full_stop_are_said_once() -> None:
    assert dated(RISK, RULES, DAY) == f"截至{DAY}:单月净流出60%;代发停了;交易少了。"
    assert dated(replace(RISK, hard_rule=None, signals=()), RULES, DAY) == ""


def test_one_line_has_room_for_the_first_clause_whole_and_without_date() -> None:
    assert foremost(RISK, RULES) == "单月净流出60%"
    two = hit("S3", 1.0, f"截至{DAY}:较高点低60%;代发停了。")
    assert foremost(replace(RISK, hard_rule=None, signals=(RISK.signals[0], two)), RULES) == "较高点低60%"
    assert opening("代发停了。", RULES) == "代发停了"
    assert foremost(replace(RISK, hard_rule=None, signals=()), RULES) == ""


def test_heavy_loss_is_left_to_the_fact_that_says_it() -> None:
    assert "重度流失" in signal_sentence("S3", HEAVY, (), RULES)
    beside = signal_sentence("S3", HEAVY, ("heavy",), RULES)
    assert "重度流失" not in beside
    assert "低98%" in beside


def test_a_signal_is_never_left_without_words() -> None:
    assert "重度流失" in signal_sentence("S3", {**HEAVY, "causes": ["heavy"]}, ("heavy",), RULES)
