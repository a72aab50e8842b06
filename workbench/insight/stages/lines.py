"""The stages, the grounds of a move, and the thresholds that the fold of the stages goes by (domain 3)."""

from dataclasses import dataclass

from workbench.insight.levels.movement import Policy
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder

#: the stages by their number
STAGES = ("J0", "J1", "J2", "J3", "J4", "J5")
POOL, HONEYMOON, NEW, STEADY, DEFENCE, WIN_BACK = range(len(STAGES))
#: why somebody stands where he stands: keys of the reasons in resources/rules/insight_journey.toml
GROUNDS = (
    "pool", "expired", "below", "lapsed",  # J0: never qualified, no progress, fell under the line, win-back over
    "opened", "referred",  # J1
    "qualified", "opened_met", "returned",  # J2
    "steady", "ripe", "immature", "cleared",  # J3; cleared: J0 too
    "light",  # J4
    "lost", "closed", "fallen",  # J5
)  # fmt: skip
#: the lights of a check by their height; UNKNOWN: it cannot tell
LIGHTS = (None, "yellow", "orange", "red")
UNKNOWN, ORANGE, RED = -1, 2, 3


@dataclass(frozen=True, slots=True)
class StageLines:
    """The thresholds: money in fen, days, shares of 1."""

    ladder: Ladder
    policy: Policy
    #: who stands under it is no customer with assets
    line: int
    gone: float
    fallen: float
    heeded_days: int
    lapse_days: int
    back_share: float
    back_months: int
    clean_months: int
    qualified_days: int
    opened_days: int
    forced_days: int
    honeymoon_days: int
    referred_days: int

    @classmethod
    def of(cls, rules: Rules) -> "StageLines":
        """Those of the rules in force."""
        whole, number = rules.whole, rules.number
        return cls(
            Ladder.of(rules), Policy.of(rules), round(number("C.lowest_line") * 100), number("life.gone"),
            number("journey.fallen_share"), whole("tag.downgraded_days"), whole("journey.lapse_days"),
            number("journey.back_share"), whole("journey.back_months"), whole("journey.clean_months"),
            whole("tag.qualified_days"), whole("N1.opened_days"), whole("journey.forced_days"),
            whole("tag.honeymoon_days"), whole("journey.referred_days"),
        )  # fmt: skip
