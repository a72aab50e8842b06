"""May a person without an account be marketed to? Only who said yes: the one answer of `consent`, with its words."""

from workbench.people.consent import REFUSED, Consent, Ground
from workbench.people.prospects.prospect import Answer
from workbench.rules.parameters import Rules

#: The code of the ground of who was not asked yet.
UNASKED = "no_consent"


def consent_of_answer(answer: Answer, day: str, rules: Rules) -> Consent:
    """The consent of a person who gave this answer, on a day (ISO). A person who was not asked is held too."""
    if answer == "yes":
        return Consent(day)
    code = REFUSED if answer == "no" else UNASKED
    text = rules.text
    ground = Ground(
        code, f"{code}.prospect", text(f"consent.{code}.name"), text(f"consent.{code}.prospect"),
        text(f"consent.{code}.aside"),
    )  # fmt: skip
    return Consent(day, grounds=(ground,))
