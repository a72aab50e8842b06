"""Needs that nobody spoke of and that behaviour shows: proposed with their figures, to be confirmed or dismissed (domain 15).

The figures are the measures of insight; what rests on health is no proposal (domain 10.5, 17).
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from workbench.base.money import wan
from workbench.insight.portrait.behaviour import Behaviour
from workbench.insight.portrait.unsaid import Never, barred_by
from workbench.insight.products.barring import CARE, PRODUCTS
from workbench.insight.values.values import Values
from workbench.outreach.needs.need import CustomerNeed
from workbench.rules.parameters import Rules

#: the proposal, and scene, of money that matures
MATURING = "maturing"


@dataclass(frozen=True, slots=True)
class NeedProposal:
    """A hidden need to be verified. `code` is also its scene; `why`: the figures; `as_of`: their day (ISO); `ask`: the one
    question that would tell."""

    code: str
    text: str
    why: str
    ask: str
    as_of: str
    inputs: tuple[str, ...] = ()
    #: why it is not spoken of now: what may not be said to him; '' where it may be asked
    held: str = ""

    def as_json(self) -> dict[str, object]:
        """The proposal for the command line."""
        return {
            "code": self.code, "need": self.text, "reason": self.why, "question": self.ask, "as_of": self.as_of,
            "inputs": list(self.inputs), "held": self.held or None,
        }  # fmt: skip


def proposed(
    values: Values,
    behaviour: Behaviour | None,
    as_of: str | None,
    recorded: Iterable[CustomerNeed],
    day: str,
    rules: Rules,
    limits: Sequence[Never] = (),
) -> tuple[NeedProposal, ...]:
    """The proposals for a customer by figures of `as_of` (None: no list tells of him, so none), without those whose scene was
    recorded or dismissed within `need.again_days`. `limits`: what not to say to him."""
    if as_of is None:
        return ()
    first = dt.date.fromisoformat(day) - dt.timedelta(days=rules.whole("need.again_days"))
    settled = frozenset(
        one.scene for one in recorded if one.open or (one.ended or one.made) >= first.isoformat()
    )
    made = (*_by_figures(values, as_of, settled, rules), *_foretold(behaviour, as_of, settled, rules))
    return tuple(replace(one, held=_held(one, limits, rules)) for one in made)


def barring(scene: str, limits: Sequence[Never], rules: Rules) -> Never | None:
    """The limit for which a matter, by its scene, is not spoken of now; None where it may be. Maturing money is service, which
    only what bars care keeps back; what needs a risk test that allows for it waits for one."""
    if scene == MATURING:
        return barred_by(limits, CARE)
    bar = barred_by(limits, PRODUCTS)
    if bar is None and scene in rules.words("need.tested"):
        return next((one for one in limits if one.code in rules.words("need.untested")), None)
    return bar


def _held(proposal: NeedProposal, limits: Sequence[Never], rules: Rules) -> str:
    bar = barring(proposal.code, limits, rules)
    return bar.text if bar is not None else ""


def _by_figures(values: Values, as_of: str, settled: Collection[str], rules: Rules) -> Iterator[NeedProposal]:
    def proposal(code: str, *inputs: str, **figures: object) -> Iterator[NeedProposal]:
        """The proposal, unless it was settled."""
        if code not in settled:
            key = f"need.proposed.{code}"
            why = rules.text(f"{key}.why").format(**figures)
            yield NeedProposal(
                code, rules.text(key), why, question_of(code, rules.text(key), rules), as_of, inputs
            )

    idle, months = values.idle_demand, values.idle_months
    if idle is not None and months and idle >= rules.number("advice.idle_least") * 100:
        yield from proposal(
            "idle", "idle_demand", "idle_months", amount=wan(round(idle)), months=round(months)
        )
    sent, sent_months = values.same_name_mean, values.same_name_months
    least = rules.number("need.outflow_least") * 100
    if values.same_name_regular and sent is not None and sent_months is not None and sent >= least:
        figures = {"amount": wan(round(sent)), "months": round(sent_months)}
        yield from proposal("outflow", "same_name_regular", "same_name_months", "same_name_mean", **figures)
    coming = values.matures_30
    if coming is not None and coming >= rules.number("need.matures_least") * 100:
        yield from proposal(MATURING, "matures_30", amount=wan(round(coming)))


def _foretold(
    behaviour: Behaviour | None, as_of: str, settled: Collection[str], rules: Rules
) -> Iterator[NeedProposal]:
    if behaviour is None:
        return
    for one in behaviour.shown_needs:
        if one.code not in settled:
            yield NeedProposal(
                one.code,
                one.name,
                one.reason,
                question_of(one.code, one.name, rules),
                behaviour.as_of or as_of,
                one.inputs,
            )


def question_of(scene: str, name: str, rules: Rules) -> str:
    """The one question by which a hidden need is verified: of its scene, else about the matter by its name."""
    key = f"need.proposed.{scene}.ask"
    return (
        rules.text(key) if rules.has_text(key) else rules.text("need.proposed.foretold.ask").format(name=name)
    )
