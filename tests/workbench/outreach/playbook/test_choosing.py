"""Whoever hears: nothing that his consent, his limits or suitability withhold is offered, and what fits more ranks higher."""

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from db.values import Value
from tests.laws import law
from workbench.insight.genes.data import segments
from workbench.insight.shelf.families import families
from workbench.insight.values.values import Values
from workbench.outreach.playbook.choosing import Wanted, choose
from workbench.outreach.playbook.gate import Meant, Withheld, gate
from workbench.outreach.playbook.hearer import Hearer
from workbench.outreach.playbook.library import library
from workbench.outreach.playbook.room import wanted_for
from workbench.outreach.playbook.script import Script
from workbench.people.consent import Consent, Ground
from workbench.people.consent_rule import CODES, FREEZING
from workbench.rules.parameters import Rules

RULES = Rules.load()
SCRIPTS = tuple(library().scripts.values())
FILLS: Mapping[str, str] = {"manager": "小林", "branch": "城东支行"}
DAY = "2026-11-16"


@st.composite
def hearers(draw: st.DrawFn) -> Hearer:
    """Any customer, as far as the layers may tell of him."""
    told: dict[str, Value] = {
        "risk_class": draw(st.none() | st.integers(1, 5)),
        "risk_valid_days": draw(st.none() | st.integers(-400, 400)),
        "risk_level": draw(st.none() | st.sampled_from(["C1", "保守型"])),
        "age": draw(st.none() | st.integers(10, 95)),
        "balance": draw(st.none() | st.integers(0, 10**9)),
        "yearly_income": draw(st.none() | st.integers(0, 10**8)),
    }
    grounds = tuple(
        Ground(code, code, code, f"不做营销:{code}", "") for code in draw(st.sets(st.sampled_from(CODES)))
    )
    of = draw(st.sets(st.sampled_from([one.code for one in segments()])))
    return Hearer(
        1,
        DAY,
        Values({name: value for name, value in told.items() if value is not None}),
        Consent(DAY, DAY, grounds) if draw(st.booleans()) else None,
        style=draw(st.sampled_from(["", "D", "I", "S", "C"])),
        segments=frozenset(of),
        main=draw(st.sampled_from(sorted(of))) if of else "",
        stage=draw(st.sampled_from(["", "J0", "J1", "J2", "J3", "J4", "J5"])),
        tower=draw(st.sampled_from(["", "base", "waist", "top"])),
        hello="王女士,您好",
        old=draw(st.booleans()),
    )


@law(examples=2_000, few=25)
@given(hearers(), st.booleans())
def test_nothing_that_is_withheld_is_offered(hearer: Hearer, silent: bool) -> None:
    choice = choose(SCRIPTS, hearer, Wanted(silent=silent), RULES, FILLS)
    codes = {one.code for one in hearer.consent.grounds} if hearer.consent is not None else set()
    for one in choice.scripts:
        assert not (one.script.kind == "marketing" and (codes or silent))
        assert not (one.script.kind == "care" and codes & FREEZING)
        assert not isinstance(gate(one.script, hearer, RULES, silent=silent), Withheld)
        assert "{" not in one.text
    assert {one.script for one in choice.withheld}.isdisjoint(one.script.id for one in choice.scripts)
    assert sum(n for _sentence, n in choice.why_withheld()) == len(choice.withheld)


@law(examples=2_000, few=25)
@given(hearers(), st.data())
def test_script_that_fits_one_thing_more_never_ranks_lower(hearer: Hearer, data: st.DataObject) -> None:
    plain = Script("Z-1", "Z-1", "own", "remind", "您好,有件事跟您说一声。", "service")
    more: list[dict[str, object]] = [{"of": {"event": "maturity"}}, {}]
    if hearer.main:
        more += [
            {"segment": (hearer.main,)},
            {"segment": (data.draw(st.sampled_from(sorted(hearer.segments))),)},
        ]
    more += [{name: (value,)} for name in ("style", "stage", "tower") if (value := getattr(hearer, name))]
    first = {**data.draw(st.sampled_from(more)), **data.draw(st.sampled_from(more))}
    poorer = replace(plain, **first)  # type: ignore[arg-type]
    # the richer one has a number that would stand behind
    richer = replace(poorer, id="Z-2", base="Z-2", **data.draw(st.sampled_from(more)))  # type: ignore[arg-type]
    wanted = Wanted(of={"event": "maturity"})
    ranked = [one.script.id for one in choose((poorer, richer), hearer, wanted, RULES, FILLS).scripts]
    named = (poorer.of, poorer.segment, poorer.style, poorer.stage, poorer.tower)
    if (richer.of, richer.segment, richer.style, richer.stage, richer.tower) == named:
        assert ranked == ["Z-1", "Z-2"]
    elif richer.segment == poorer.segment or not poorer.segment:
        assert ranked == ["Z-2", "Z-1"]


def test_own_script_goes_before_one_that_fits_as_well() -> None:
    shipped = Script("A-1", "A-1", "x", "remind", "您好,有件事跟您说一声。", "service")
    own = replace(shipped, id="Z-1", base="Z-1", whose="own")
    choice = choose((shipped, own), Hearer(1, DAY), Wanted(), RULES, FILLS)
    assert [one.script.id for one in choice.scripts] == ["Z-1", "A-1"]
    copied = choose((shipped, own), Hearer(1, DAY), Wanted(lately={"Z-1"}), RULES, FILLS)
    assert [one.script.id for one in copied.scripts] == ["A-1", "Z-1"]


def test_a_loan_that_is_offered_gets_an_invitation_and_no_answer_to_a_question() -> None:
    of_loans = {one.code for one in families() if one.regime == "loan"}
    offered = [(act, one) for one in library().occasions for act in one.acts if act.startswith("offer.")]
    assert {act.removeprefix("offer.") for act, _one in offered} == of_loans
    hearer = Hearer(
        1, DAY, Values({"age": 40, "holds_card": 0}), segments=frozenset({"owner", "trade"}), hello="您好"
    )
    for act, occasion in offered:
        about = Meant(act, "loan")
        made = choose(SCRIPTS, hearer, replace(wanted_for(occasion), about=about), RULES, FILLS)
        assert made.scripts, act
        assert all("reply" not in one.script.of for one in made.scripts), act
        best = made.scripts[0].script.of
        assert best["group"] == occasion.of["group"], act


def test_nobody_is_spoken_to_as_of_a_walk_of_life_that_is_not_known_of_him() -> None:
    said = choose(SCRIPTS, Hearer(1, DAY, hello="您好"), Wanted(("credit",)), RULES, FILLS).scripts
    assert {"CD-101", "CD-102", "CD-103", "CD-104"}.isdisjoint(one.script.id for one in said)
    public = Hearer(1, DAY, Values({"b_job_class_m0": "public"}), hello="您好")
    said = choose(SCRIPTS, public, Wanted(("credit",)), RULES, FILLS).scripts
    assert {"CD-101", "CD-103"} <= {one.script.id for one in said}
