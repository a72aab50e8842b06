"""Only who said yes may be marketed to; for every other there is one sentence why, and what to do instead."""

from typing import get_args

import pytest

from workbench.people.prospects.may import consent_of_answer
from workbench.people.prospects.prospect import Answer
from workbench.rules.parameters import Rules


def test_yes_may() -> None:
    consent = consent_of_answer("yes", "2026-11-23", Rules.load())
    assert (consent.verdict, consent.held, consent.sentence) == ("may", False, "")


@pytest.mark.parametrize(("answer", "code"), [("no", "opted_out"), ("unknown", "no_consent")])
def test_no_and_unknown_are_barred_on_every_way(answer: Answer, code: str) -> None:
    consent = consent_of_answer(answer, "2026-11-23", Rules.load())
    assert (consent.verdict, consent.code, consent.channels, consent.until) == (
        "barred",
        code,
        ("all",),
        None,
    )
    assert consent.name
    assert consent.sentence
    assert consent.aside


def test_every_answer_has_its_own_sentence() -> None:
    sentences = [
        consent_of_answer(answer, "2026-11-23", Rules.load()).sentence for answer in get_args(Answer)
    ]
    assert len(set(sentences)) == 3
