"""What kind of giver a customer is, and how well he may be asked: both say what they rest on and what is not known (domain 7).

Pure. A share of few cases tells little: that of his own referrals is drawn towards the average of all, (k + m p) / (n + m).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from workbench.base.i18n import _, commas, semicolons
from workbench.insight.values.values import Values
from workbench.outreach.referrals.task import GiverKind
from workbench.rules.parameters import Rules

ScorePart = Literal["familiarity", "satisfaction", "network", "recency"]
PARTS: Final[tuple[ScorePart, ...]] = get_args(ScorePart)
#: points of `cover_group` of who lately took part in a group
_ACTIVE = 2
#: what the kind and the score read of a customer's layers
READS = frozenset(
    {
        "familiarity", "families", "product_count", "g_style_speak_d0", "g_style_sure_d0", "g_seg_owner_m0",
        "g_per_leader_m0", "g_per_expert_m0", "g_per_founder_m0", "occupation", "position", "days_since_satisfied",
        "praised_days", "complaints_year", "cues", "cover_group",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PastReferrals:
    """How many of a customer's referrals came to an end (`n`), and how many of these persons opened an account (`k`)."""

    n: int = 0
    k: int = 0


@dataclass(frozen=True, slots=True)
class GiverVerdict:
    """The kind of giver, None where he is none or nobody can tell; `why`: what it rests on; `how`: the way to ask."""

    kind: GiverKind | None
    name: str
    why: str
    how: str


@dataclass(frozen=True, slots=True)
class GiverScore:
    """0 to 100; `parts`: part -> 0 to 100, None where it is not known: the weights of the known ones are scaled; `words`: the
    score with its parts; `past`: what his referrals came to, '' without any."""

    score: int
    parts: Mapping[ScorePart, float | None]
    words: str
    past: str = ""

    @property
    def known(self) -> int:
        """How many of the parts are known."""
        return sum(value is not None for value in self.parts.values())


def shrunk(past: PastReferrals, average: float, weight: float) -> float:
    """The share of referrals that became customers, drawn towards the average (0 to 1) with the weight of so many cases."""
    return (past.k + weight * average) / (past.n + weight)


def average_of(all_of_them: PastReferrals, rules: Rules) -> float:
    """The share that referrals are taken to have: the book's own after `moments.own_after` cases, else that of the rules."""
    if all_of_them.n >= rules.whole("moments.own_after"):
        return all_of_them.k / all_of_them.n
    return rules.number("moments.met_share") * rules.number("moments.converted_share")


# -- the kind ------------------------------------------------------------------------------------------------------


def giver_of(values: Values, events: int | None, rules: Rules) -> GiverVerdict:
    """The kind of giver. `events`: how many events he took part in within a year, None where no contacts are told."""
    for kind, why in _kinds(values, events, rules):
        return GiverVerdict(kind, _name(kind, rules), why, rules.text(f"moments.giver.{kind}.how"))
    missing = [rules.text(f"moments.missing.{code}") for code in _missing(values)]
    text = rules.text
    why = (
        text("moments.giver.none.missing").format(what=commas(missing))
        if missing
        else text("moments.giver.none.why")
    )
    return GiverVerdict(None, text("moments.giver.none"), why, text("moments.giver.none.how"))


def _name(kind: GiverKind, rules: Rules) -> str:
    return rules.text(f"moments.giver.{kind}")


def _kinds(values: Values, events: int | None, rules: Rules) -> Iterator[tuple[GiverKind, str]]:
    text = rules.text
    families = _families(values)
    familiar = values.familiarity is not None and values.familiarity >= rules.whole("moments.loyal_score")
    if familiar and families is not None and families >= rules.whole("moments.loyal_families"):
        why = text("moments.giver.loyal.why").format(familiarity=values.familiarity, families=families)
        yield "loyal", why
    if values.g_style_speak_d0 == "I":
        yield "social", text("moments.giver.social.style")
    if events is not None and events >= rules.whole("moments.social_least"):
        yield "social", text("moments.giver.social.events").format(n=events)
    if _active_in_group(values):
        days = rules.whole("towers.group_days")
        yield "social", text("moments.giver.social.group").format(days=days)
    if values.g_seg_owner_m0:
        yield "circle", text("moments.giver.circle.owner")
    if word := _circle_word(values, rules):
        yield "circle", text("moments.giver.circle.person").format(words=word)
    if values.g_style_speak_d0 in ("C", "D"):
        style = text(f"moments.style.{values.g_style_speak_d0}")
        yield "circle", text("moments.giver.circle.style").format(style=style)


def _missing(values: Values) -> Iterator[str]:
    """What would have to be known to rule the kinds out."""
    if values.familiarity is None:
        yield "familiarity"
    if _families(values) is None:
        yield "families"
    if not values.cues:
        yield "style"
    if not values.occupation:
        yield "occupation"


def _families(values: Values) -> int | None:
    return values.families if values.families is not None else values.product_count


def _active_in_group(values: Values) -> bool:
    """Whether he lately took part in a group of customers: all points of that part of the tower's services."""
    return values.cover_group is not None and values.cover_group >= _ACTIVE


def _circle_word(values: Values, rules: Rules) -> str:
    work = f"{values.occupation or ''} {values.position or ''}"
    return next((word for word in rules.words("moments.circle_words") if word in work), "")


# -- the score -----------------------------------------------------------------------------------------------------


def score_of(
    values: Values,
    recency: float | None,
    events: int | None,
    past: PastReferrals,
    average: float,
    rules: Rules,
) -> GiverScore:
    """The score of a giver. `recency`: 0 to 100, how fresh his moment is; `average`: see `average_of`."""
    parts: dict[ScorePart, float | None] = {
        "familiarity": None if values.familiarity is None else float(values.familiarity),
        "satisfaction": _satisfaction(values, rules),
        "network": _network(values, events, past, average, rules),
        "recency": recency,
    }
    weights = dict(zip(PARTS, rules.numbers("moments.weights"), strict=True))
    known = {part: value for part, value in parts.items() if value is not None}
    weight = sum(weights[part] for part in known)
    score = round(sum(weights[part] * value for part, value in known.items()) / weight) if weight else 0
    text = rules.text
    named = commas(f"{text(f'moments.part.{part}')} {round(value)}" for part, value in known.items())
    words = text("moments.score").format(score=score, parts=named or _("都不知道"), known=len(known))
    rate = shrunk(past, average, rules.number("moments.shrink"))
    told = text("moments.past").format(n=past.n, k=past.k, rate=f"{rate:.0%}") if past.n else ""
    return GiverScore(score, parts, words, told)


def _satisfaction(values: Values, rules: Rules) -> float | None:
    pleased, calm, complained = rules.numbers("moments.satisfaction")
    year = rules.whole("moments.asks_days")
    satisfied = values.days_since_satisfied is not None and values.days_since_satisfied <= year
    if satisfied or values.praised_days is not None:
        return pleased
    if values.complaints_year is None:
        return None
    return complained if values.complaints_year else calm


def _network(
    values: Values, events: int | None, past: PastReferrals, average: float, rules: Rules
) -> float | None:
    owner, circle, social, referred = rules.numbers("moments.network")
    if not values.occupation and values.g_seg_owner_m0 is None and events is None and not past.n:
        return None
    keen = events is not None and events >= rules.whole("moments.social_least")
    total = referred * shrunk(past, average, rules.number("moments.shrink"))
    total += owner if values.g_seg_owner_m0 else 0
    total += circle if _circle_word(values, rules) else 0
    total += social if keen or _active_in_group(values) or values.g_style_speak_d0 == "I" else 0
    return min(100.0, total)


def summary(verdict: GiverVerdict, score: GiverScore) -> str:
    """Why he may be asked, in one line."""
    return semicolons(filter(None, [verdict.why, score.words, score.past]))
