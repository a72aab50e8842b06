"""The words are those of the step, the follow-up, the moment that is at hand (domain 7, 8.6, 9)."""

import pytest

from db.cases import complaint_files, complaint_steps, loss_cases
from db.tables import complaints
from tests.workbench.conftest import SmallBook
from workbench.outreach.case_due import CaseDue
from workbench.outreach.case_scripts import _near, _wanted


@pytest.mark.parametrize(
    ("taken", "step"),
    [((), "stop"), (("stop", "listen"), "sorry"), (("stop", "listen", "sorry", "check", "decide"), "follow")],
)
def test_a_complaint_is_spoken_of_by_the_step_that_is_missing_first(
    small: SmallBook, taken: tuple[str, ...], step: str
) -> None:
    person = small.customer("a")
    with small.book.write("complaint", "open") as writer:
        case = writer.insert(complaints, [{"customer_id": person, "date": "2026-11-10"}])[0]
        row = {"customer_id": person, "complaint_id": case}
        writer.insert(complaint_files, [{**row, "received": "2026-11-10 09:00"}])
        if taken:
            at = {"at": "2026-11-10 10:00"}
            writer.insert(complaint_steps, [{**row, **at, "step": one} for one in taken])
    due = CaseDue(person, "complaint", "", "2026-11-16", evidence={"complaint": case, "level": "two"})
    with small.book.read() as conn:
        wanted = _wanted(due, _near(conn, due))
    assert wanted.of == {"sop": step, "level": "two"}
    assert wanted.scenes == ("complaint",)


def test_a_loss_is_spoken_of_by_the_follow_up_or_by_what_was_met_in_the_talk(small: SmallBook) -> None:
    person = small.customer("a")
    with small.book.write("loss", "open") as writer:
        row = {
            "customer_id": person,
            "product": "某基金",
            "opened": "2026-11-10",
            "state": "open",
            "body": "{}",
        }
        case = writer.insert(loss_cases, [{**row, "emotion": "anger", "trouble": "trapped"}])[0]

    def of(evidence: dict[str, object]) -> dict[str, str]:
        due = CaseDue(person, "loss", "", "2026-11-16", evidence=evidence)  # type: ignore[arg-type]
        with small.book.read() as conn:
            return dict(_wanted(due, _near(conn, due)).of)

    assert of({"case": case, "step": "week"}) == {"after": "week"}
    assert of({"case": case, "step": "review"}) == {"after": "month"}
    assert of({"case": case}) == {"emotion": "anger", "trouble": "trapped"}
    assert of({"product": "某基金"}) == {"emotion": "worry", "trouble": "drawdown"}


def test_an_ask_is_spoken_of_by_its_moment_and_giver(small: SmallBook) -> None:
    due = CaseDue(1, "referral_ask", "", "2026-11-16", evidence={"moment": "deal", "giver": "social"})
    with small.book.read() as conn:
        assert _wanted(due, _near(conn, due)).of == {"act": "ask", "moment": "deal", "giver": "social"}
