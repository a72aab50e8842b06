"""Every built-in tag: its examples hit, do not hit and cannot be told; the shipped files make one sound library."""

from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import tomli as tomllib
from sqlalchemy import Connection, Text, cast, create_engine, literal, select

from tests.stores import STORES, connection_on
from workbench.base.expressions import Expr
from workbench.base.terms import Term, Vocabulary
from workbench.insight.tags.definition import EntryReader, Tag
from workbench.insight.tags.judging import judge
from workbench.insight.tags.layers import TYPES
from workbench.insight.tags.library import Library
from workbench.insight.tags.ruled import ruled
from workbench.insight.tags.sources import TagFile, read_folder
from workbench.insight.tags.vocabulary import field_terms, measure_terms
from workbench.rules.parameters import Rules

#: the day that the examples are written for
DAY = "2026-10-31"
GROUPS = ("00", "10", "20", "30", "40", "50", "60", "70", "80")
RULES = Rules.load()
INPUTS = [*measure_terms(RULES), *field_terms()]


def _read() -> tuple[tuple[TagFile, ...], dict[str, Tag]]:
    sources = read_folder(files("resources") / "tags", "shipped")
    reader = EntryReader(Vocabulary(INPUTS), RULES.words("tags.groups"), RULES.words("tags.not_negative"))
    read = (reader.read(entry)[0] for source in sources for entry in source.entries)
    return sources, {tag.code: tag for tag in read if tag}


SOURCES, TAGS = _read()
LIVE = {code: tag for code, tag in TAGS.items() if tag.live}
EVERY = Vocabulary([*(tag.term() for tag in LIVE.values()), *INPUTS])


class Given:
    """Answers the compiler with the inputs of one example (money in yuan); what is not given is unknown."""

    day = DAY

    def __init__(self, inputs: Mapping[str, Any]) -> None:
        self._inputs = inputs

    def column(self, term: Term) -> Expr:
        value = self._inputs.get(term.name)
        if value is not None and term.kind == "money":
            value = round(value * 100)
        elif value is not None and term.kind == "date":
            value = value.isoformat()
        elif isinstance(value, bool):
            value = int(value)  # flags lie in the book as 0/1
        return cast(value, TYPES.get(term.kind, Text))

    def customer_id(self) -> Expr:
        return literal(1)

    def touched(self, word: str, days: int | None) -> Expr:
        raise AssertionError(f"an example cannot give contacts: {word}")

    def listed(self, name: str) -> Expr:
        raise AssertionError(f"a built-in tag cannot rest on a saved list: {name}")

    def ranked(self, count: int, value: Expr, descending: bool, among: Expr | None) -> Expr:
        raise AssertionError("a built-in tag cannot rest on a rank")


@pytest.fixture(scope="module", params=STORES)
def conn(request: pytest.FixtureRequest) -> Iterator[Connection]:
    """An SQL engine of either store."""
    with connection_on(request.param) as connected:
        yield connected


def computed(conn: Connection, tag: Tag, example: str) -> Any:
    """What the compiled rule answers for an example, by an SQL engine."""
    inputs = {name: value for name, value in tag.examples[example].items() if name != "is"}
    strange = [name for name in inputs if EVERY.find(name) is None or EVERY.find(name).name != name]  # type: ignore[union-attr]
    assert not strange, f"{tag.code}: the example {example} gives {strange}, which are no columns"
    expression = ruled(tag, EVERY, RULES).expression(Given(inputs))
    return conn.execute(select(expression.label("value"))).scalar()


def expected(tag: Tag, example: str) -> Any:
    if tag.kind == "flag":
        return int(example == "hit")
    wanted = tag.examples[example]["is"]
    return wanted if isinstance(wanted, str) else pytest.approx(wanted)


@pytest.mark.parametrize("code", LIVE)
def test_an_example_of_a_hit_is_a_hit(conn: Connection, code: str) -> None:
    tag = LIVE[code]
    assert computed(conn, tag, "hit") == expected(tag, "hit")


@pytest.mark.parametrize("code", LIVE)
def test_an_example_of_a_miss_is_no_hit(conn: Connection, code: str) -> None:
    tag = LIVE[code]
    assert computed(conn, tag, "no") == expected(tag, "no")
    if tag.kind != "flag":
        assert expected(tag, "no") != expected(tag, "hit")


@pytest.mark.parametrize("code", LIVE)
def test_without_its_inputs_a_tag_is_unknown(conn: Connection, code: str) -> None:
    tag = LIVE[code]
    assert computed(conn, tag, "unknown") is (None if tag.missing == "unknown" else 0)


@pytest.mark.parametrize("code", LIVE)
def test_who_can_have_a_tag_at_all_is_a_condition_over_known_words(conn: Connection, code: str) -> None:
    tag = LIVE[code]
    asked = ruled(tag, EVERY, RULES).for_whom(Given({}))
    if asked is not None:
        assert conn.execute(select(asked.label("value"))).scalar() in (None, 0)


def test_the_shipped_files_make_a_library_without_faults(tmp_path: Path) -> None:
    library = Library.load(INPUTS, RULES, user=tmp_path / "none", kept=tmp_path / "kept.json")
    assert [fault.sentence() for fault in library.faults] == []
    assert {tag.code for tag in library} == set(TAGS)


def test_the_shipped_tags_make_sense_under_every_preset() -> None:
    for preset in ("general", "rural", "joint_stock", "state"):
        rules = Rules.load(preset)
        found = judge(list(TAGS.values()), Vocabulary([*measure_terms(rules), *field_terms()]), rules)
        assert [(wrong.codes, wrong.message) for wrong in found.wrong] == [], preset


def test_every_entry_of_every_file_is_read() -> None:
    entries = [entry for source in SOURCES for entry in source.entries]
    assert [source.fault for source in SOURCES if source.fault] == []
    assert len(TAGS) == len(entries)


def test_the_library_has_about_110_tags_in_all_groups_and_layers() -> None:
    assert 105 <= len(LIVE) <= 145
    groups = Counter(tag.group for tag in LIVE.values())
    assert set(groups) == set(GROUPS)
    assert min(groups.values()) >= 5
    assert {tag.layer for tag in LIVE.values()} == {2, 3, 4}


def test_a_label_means_one_thing_only() -> None:
    labels = Counter([tag.label for tag in TAGS.values()])
    assert [label for label, count in labels.items() if count > 1] == []
    taken = {"".join(term.label.split()).lower() for term in INPUTS}
    assert [label for label in labels if "".join(label.split()).lower() in taken] == []


def test_every_tag_says_what_it_is_and_why_it_serves() -> None:
    silent = [tag.code for tag in LIVE.values() if not (len(tag.definition) >= 6 and len(tag.principle) >= 6)]
    assert silent == []
    assert [tag.code for tag in LIVE.values() if set(tag.examples) != {"hit", "no", "unknown"}] == []


def test_strategies_stand_on_the_highest_layer_or_are_scored() -> None:
    assert {tag.layer for tag in LIVE.values() if tag.group == "80"} <= {3, 4}


def test_payments_to_hospitals_and_ethnicity_feed_no_tag_that_is_shown() -> None:
    seen = {
        tag.code: ruled(tag, EVERY, RULES).names & {"out_hospital", "ethnicity"}
        for tag in LIVE.values()
        if "show" in tag.use
    }
    assert {code: names for code, names in seen.items() if names} == {}


# -- golden numbers of domain 20 ---------------------------------------------------------------------------------------


def answer(code: str, **inputs: Any) -> Any:
    tag = LIVE[code]
    with create_engine("sqlite://").connect() as conn:
        found = ruled(tag, EVERY, RULES).expression(Given(inputs))
        return conn.execute(select(found.label("value"))).scalar()


def test_golden_6_near_the_line_of_50_000_yuan() -> None:
    below = {"line_own": 10_000, "line_next": 50_000, "tier": "L2", "watch": 0}
    above = {"line_own": 50_000, "line_next": 200_000, "tier": "L3", "watch": 0}

    def both(average: float, lines: dict[str, Any]) -> tuple[Any, Any]:
        facts = {"average": average, **lines}
        return answer("V.CRITICAL.UP.M0", **facts), answer("V.CRITICAL.DOWN.M0", **facts)

    assert both(46_000, below) == (1, 0)
    assert both(53_000, above) == (0, 1)
    assert both(44_000, below) == (0, 0)


def test_golden_7_asleep_takes_a_year_without_activity() -> None:
    assert answer("V.SLEEP.ASLEEP.M12", average=80, active_days=370) == 1
    assert answer("V.SLEEP.ASLEEP.M12", average=80, active_days=300) == 0


def test_golden_3_a_month_end_below_the_line_while_the_average_holds_is_a_mild_loss() -> None:
    assert answer("R.CHURN.MILD.M0", average=60_000, balance=30_000, line_own=50_000) == 1


def test_golden_14_nothing_above_the_risk_class_can_be_sold() -> None:
    assert answer("S.SELL.LIMIT.M0", risk_class=2, risk_valid_days=100) == "R2"
    assert answer("S.SELL.LIMIT.M0", risk_class=2, risk_valid_days=-1) == "deposit"


def test_at_the_highest_level_there_is_nothing_to_rise_to() -> None:
    assert answer("V.CRITICAL.UP.M0", average=9_000_000, line_own=6_000_000, tier="L8") == 0
    assert answer("V.TIER.RISING.M0", tier_reached="L8", tier="L8") == 0


# -- exclusions and stages ---------------------------------------------------------------------------------------------


def test_marketing_waits_while_any_known_ground_stands() -> None:
    ready = {"v_critical_up_m0": True}
    assert answer("S.UPGRADE.READY.M0", **ready) == 1
    for ground in ("opted_out", "complaint", "minor", "tired"):
        assert answer("S.HOLD.MARKETING.M0", barred=ground) == 1
    assert answer("S.HOLD.MARKETING.M0", barred="none") == 0
    assert answer("S.HOLD.MARKETING.M0", r_refusal_marketing_m0=True) is None
    assert answer("S.UPGRADE.READY.M0", s_hold_marketing_m0=True, **ready) == 0


def test_no_referral_is_due_during_a_loss_a_light_or_a_pause() -> None:
    happy = {"s_referral_moment_d31": True}
    assert answer("S.REFERRAL.CANDIDATE.D31", **happy) == 1
    assert answer("S.REFERRAL.CANDIDATE.D31", r_loss_floating_m0=True, **happy) == 0
    assert answer("S.REFERRAL.CANDIDATE.D31", light="yellow", **happy) == 0
    assert answer("S.REFERRAL.CANDIDATE.D31", days_since_ask=89, **happy) == 0
    assert answer("S.REFERRAL.CANDIDATE.D31", days_since_ask=90, asks_year=1, **happy) == 1
    assert answer("S.REFERRAL.CANDIDATE.D31", days_since_ask=90, asks_year=2, **happy) == 0
    assert answer("S.REFERRAL.CANDIDATE.D31", s_hold_marketing_m0=True, **happy) == 0
    assert answer("S.REFERRAL.CANDIDATE.D31", s_referral_moment_d31=False) == 0
    assert answer("S.REFERRAL.MOMENT.D31", tier="L4", upgraded_days=10) == 1
    assert answer("S.REFERRAL.MOMENT.D31", tier="L4", upgraded_days=32, new_family="none") == 0


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        ({"journey_stage": "J3"}, "J3"),
        ({"journey_stage": "J5", "light": "red"}, "J5"),
        ({"journey_stage": "J0"}, "J0"),
        ({"journey_stage": "J0", "v_longtail_hidden_m0": True}, "J1"),
        ({"journey_stage": "J3", "v_longtail_hidden_m0": True}, "J3"),
        # who was won back for a year in vain is left alone for a while
        (
            {
                "journey_stage": "J0",
                "v_longtail_hidden_m0": True,
                "journey_ground": "lapsed",
                "journey_days": 90,
            },
            "J0",
        ),
        (
            {
                "journey_stage": "J0",
                "v_longtail_hidden_m0": True,
                "journey_ground": "lapsed",
                "journey_days": 91,
            },
            "J1",
        ),
        ({"journey_stage": "J3", "journey_out": "staff"}, None),
        ({"journey_stage": "J5", "journey_out": "gone"}, None),
        ({"journey_stage": None}, None),
    ],
)
def test_the_journey_stage_is_the_kept_one_but_for_hidden_wealth_and_who_has_no_card(
    facts: dict[str, Any], stage: str | None
) -> None:
    assert answer("S.JOURNEY.STAGE.M0", **{"journey_out": "none", "journey_ground": "pool", **facts}) == stage


def test_parameters_of_the_tags_are_read_by_a_tag() -> None:
    body = tomllib.loads((files("resources") / "rules" / "insight_tag_values.toml").read_text("utf-8"))
    written = " ".join(text for tag in TAGS.values() for _key, text in tag.conditions())
    assert [key for key in body["params"] if "{" + key + "}" not in written] == []
