"""What follows from the class of a need; never against what may not be said to the customer now (domain 8.1, 15)."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.insight.portrait.unsaid import Never, barred_by
from workbench.insight.products.barring import CARE, PRODUCTS
from workbench.outreach.needs.classing import ELASTIC, HIDDEN, PSEUDO, RIGID, UNSURE, NeedClass
from workbench.outreach.needs.need import CustomerNeed
from workbench.outreach.needs.proposing import barring, question_of
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class NeedStep:
    """The next step: `code` 'now', 'verify', 'schedule', 'stop', 'ask', 'service' (this matter alone) or 'hold' (not now);
    `cautions`: what must be kept to when a product is spoken of; `limit`: the limit that bars more, '' for none."""

    code: str
    text: str
    cautions: tuple[str, ...] = ()
    limit: str = ""


def step_of(need: CustomerNeed, of: NeedClass, limits: Sequence[Never], rules: Rules) -> NeedStep:
    """The next step for a need of a class. `limits`: what not to say to the customer, as his portrait says it."""
    if of.code == PSEUDO:
        return NeedStep("stop", rules.text("need.step.stop"))
    bar = barred_by(limits, CARE)
    if bar is None and of.code != UNSURE:
        # with a fixed day only what bars every product keeps one back; the rest goes by the matter
        bar = barred_by(limits, PRODUCTS) if of.code == RIGID else barring(need.scene, limits, rules)
    if bar is not None:
        if of.code == RIGID:
            text = rules.text("need.step.service").format(deadline=need.deadline, limit=bar.text)
            return NeedStep("service", text, limit=bar.code)
        return NeedStep("hold", rules.text("need.step.hold").format(limit=bar.text), limit=bar.code)
    named = bool(need.product) or of.code == HIDDEN  # else nothing is offered that a limit could speak of
    cautions = tuple(one.text for one in limits if named and one.code in rules.words("need.cautions"))
    if of.code == RIGID:
        return NeedStep("now", rules.text("need.step.now").format(deadline=need.deadline), cautions)
    if of.code == HIDDEN:
        words = question_of(need.scene, need.text, rules)
        key = "need.step.verify" if need.product else "need.step.verify_plain"
        return NeedStep("verify", rules.text(key).format(question=words, product=need.product), cautions)
    if of.code == ELASTIC:
        key = "need.step.schedule" if need.scene else "need.step.schedule_plain"
        text = rules.text(key).format(scene=scene_name(need.scene, rules))
        return NeedStep("schedule", text, cautions)
    words = rules.text(f"need.question.{of.question}")
    return NeedStep("ask", rules.text("need.step.ask").format(question=words))


def scene_name(scene: str, rules: Rules) -> str:
    """The name of a scene: of a code, else the words themselves."""
    key = f"need.scene.{scene}"
    return rules.text(key) if rules.has_text(key) else scene


def natural_link(scene: str, rules: Rules) -> str:
    """How one comes to speak of it; '' for a scene of one's own words."""
    key = f"need.link.{scene}"
    return rules.text(key) if rules.has_text(key) else ""
