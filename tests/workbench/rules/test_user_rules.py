"""A rule file edited by hand: values in force, every fault with its line, the last good values kept."""

from collections.abc import Callable

import pytest

from workbench.rules.parameters import Rules
from workbench.rules.user_rules import kept_file, rules_file

Write = Callable[[str], None]


@pytest.fixture
def write() -> Write:
    def to(text: str) -> None:
        rules_file().parent.mkdir(parents=True, exist_ok=True)
        rules_file().write_text(text, "utf-8")

    return to


def test_values_of_the_file_stand_over_the_preset_and_below_the_book(write: Write) -> None:
    write('"tiers.sleep_days" = 400\n[plan]\ncalls = 33\n')
    rules = Rules.load("rural")
    assert (rules.whole("tiers.sleep_days"), rules.whole("plan.calls"), rules.faults) == (400, 33, ())
    assert Rules.load("rural", {"tiers.sleep_days": 500}).whole("tiers.sleep_days") == 500


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('"tiers.sleep_days" = 5', "rule_range"),
        ('"tiers.sleep_days" = [1, 2]', "rule_range"),
        ('"tiers.sleep_days" = 400\n"no.such" = 1', "rule_unknown"),
    ],
)
def test_a_threshold_out_of_range_is_named_with_its_line_and_the_last_good_one_stays(
    write: Write, line: str, code: str
) -> None:
    write('# mine\n"tiers.sleep_days" = 400\n')
    Rules.load()
    write(f"# mine\n{line}\n")
    rules = Rules.load()
    fault = rules.faults[0]
    assert (fault.file, fault.code) == ("rules.toml", code)
    assert fault.line == (3 if code == "rule_unknown" else 2)
    assert rules.whole("tiers.sleep_days") == 400
    assert "rules.toml 第" in fault.sentence()


def test_a_file_that_is_no_toml_keeps_all_its_last_good_values(write: Write) -> None:
    write('"tiers.sleep_days" = 400\n')
    Rules.load()
    write('"tiers.sleep_days" = 400\n"plan.calls" = = 3\n')
    rules = Rules.load()
    assert [(f.code, f.line, f.kept) for f in rules.faults] == [("unreadable_file", 2, True)]
    assert rules.whole("tiers.sleep_days") == 400


def test_without_earlier_values_the_shipped_ones_stay(write: Write) -> None:
    write('"tiers.sleep_days" = "long"\n')
    rules = Rules.load()
    assert [(f.code, f.line, f.kept) for f in rules.faults] == [("rule_range", 1, False)]
    assert rules.whole("tiers.sleep_days") == 365


def test_a_damaged_memory_of_last_good_values_counts_as_none(write: Write) -> None:
    write('"tiers.sleep_days" = 400\n')
    kept_file().write_text("[", "utf-8")
    assert Rules.load().whole("tiers.sleep_days") == 400


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('"tiers.option" = "R9"', "R1、R2"),
        ('"tiers.lines" = [0, 1, 3, 2, 5, 6, 7, 8]', "从小到大"),
        ('"tiers.lines" = [0, 10000]', "8 个值"),
        ('"tiers.codes" = ["L1", "L2"]', "8 个值"),
        ('"tiers.codes" = ["L1", "L1", "L3", "L4", "L5", "L6", "L7", "L8"]', "由方案决定"),
        ('"tiers.codes" = ["L8", "L7", "L6", "L5", "L4", "L3", "L2", "L1"]', "由方案决定"),
        ('"tiers.codes" = ["A", "B", "C", "D", "E", "F", "G", "H"]', "由方案决定"),
        ('"tiers.towers" = ["top", "base", "base", "base", "base", "base", "top", "top"]', "这个次序"),
        ('"tiers.private" = ["L9"]', "L7、L8"),
        ('"behaviour.recency" = [180, 90, 30, 7]', "从小到大"),
        ('"behaviour.recency" = [7, 30, 30, 180]', "从小到大"),
        ('"behaviour.recency" = [7, 30]', "4 个值"),
        ('"behaviour.frequency" = [1, 3, 9, 18]', "从大到小"),
        ('"contact.two_way" = []', "至少要有 1 个值"),
        ('"contact.two_way" = ["reached", "telepathy"]', "reached、"),
        ('"contact.two_way" = ["reached", "reached"]', "不能重复"),
        ('"contact.two_way" = [["reached"]]', "应当像这样"),
        ('"lead.due" = [5, 3, 1]', "可以相等"),
        ('"advice.cadence" = [15, 30, 30, 45, 60, 90, 180, 180, 180]', "可以相等"),
        ('"picking.exclude.analysis" = ["moon"]', "opt_out"),
        ('"picking.exclude.analysis" = [["moon"]]', "应当像这样"),
        ('"links.kinds" = ["spouse"]', "8 个值"),
        ('"plan.priority" = ["red"]', "8 个值"),
        ('"tags.bins.money" = []', "至少要有 1 个值"),
        ('"tags.bins.money" = [0, inf]', "应当像这样"),
    ],
)
def test_words_that_do_not_exist_and_ladders_that_do_not_climb_or_fit_are_refused(
    write: Write, line: str, said: str
) -> None:
    write(line)
    rules = Rules.load()
    assert said in rules.faults[0].message
    assert rules.words("tiers.codes") == Rules.load("rural").words("tiers.codes")


@pytest.mark.parametrize(
    ("nonsense", "said"),
    [
        ("9" * 5000, "18 位"),
        ("0x" + "f" * 6000, "18 位"),
        ("[" * 3000 + "]" * 3000, "套得太深"),
        ("{a=" * 3000, "套得太深"),
    ],
    ids=["digits", "hex", "lists", "tables"],
)
def test_a_number_or_a_nesting_too_large_is_named_with_its_line(
    write: Write, nonsense: str, said: str
) -> None:
    write('"tiers.sleep_days" = 400\n')
    Rules.load()
    write(f'"tiers.sleep_days" = 500\n# mine\n"plan.calls" = {nonsense}\n"plan.days" = 1\n')
    rules = Rules.load()
    assert [(f.file, f.code, f.line, f.kept) for f in rules.faults] == [
        ("rules.toml", "unreadable_file", 3, True)
    ]
    assert said in rules.faults[0].message
    assert rules.whole("tiers.sleep_days") == 400


@pytest.mark.parametrize(
    "line",
    [
        '"tiers.codes" = ["L1", "L2", "L3", "L4", "L5", "L6", "L7", "L8"]',
        '"tiers.private" = []',
        '"behaviour.recency" = [5, 20, 60, 120]',
        '"contact.two_way" = ["met", "done"]',
        '"lead.due" = [1, 1, 5]',
        '"advice.maturity_lead" = [7, 1]',
        '"pivot.bands.money" = [0, 50000]',
        '"intake.customer_number_digits" = [10, 10]',
        '"picking.exclude.marketing" = []',
        '"behaviour.need_school_months" = [9, 2, 8]',
        '"intake.own_bank_names" = ["春风银行"]',
    ],
)
def test_lists_that_make_sense_may_be_changed(write: Write, line: str) -> None:
    write(line)
    assert Rules.load().faults == ()


def test_the_ladder_of_a_preset_may_be_written_out(write: Write) -> None:
    write('"tiers.codes" = ["L1", "L2", "L3", "L5", "L7", "L8"]')
    assert Rules.load("joint_stock").faults == ()
    assert len(Rules.load().faults) == 1
