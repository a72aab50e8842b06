"""Which words for this customer, the best first, and why (segment x style x stage x scene)."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypedDict

from workbench.base.i18n import _
from workbench.insight.genes.data import letters, segments
from workbench.outreach.playbook.filling import OF_PRODUCT, filled
from workbench.outreach.playbook.gate import Meant, OfProduct, Passed, Withheld, fits, gate
from workbench.outreach.playbook.hearer import Hearer
from workbench.outreach.playbook.library import ScriptLibrary, axis_words, library
from workbench.outreach.playbook.script import Script
from workbench.rules.parameters import Rules


class ChosenJson(TypedDict):
    """A script for one customer, for programs."""

    why: str
    product: str | None
    cautions: list[str]


@dataclass(frozen=True, slots=True)
class ChosenScript:
    """A script that may be said to a customer, its gaps filled. `why` it fits, in words, without what was observed of him, which
    stands in `style`; `score` as the rules weigh it; `copied`: it was copied for him lately; `limits`: what his portrait says not
    to say."""

    script: Script
    text: str
    score: float
    why: str
    style: str = ""
    product: str = ""
    cautions: tuple[str, ...] = ()
    copied: bool = False
    limits: tuple[str, ...] = ()

    @property
    def unsaid(self) -> tuple[str, ...]:
        """What not to say with it, that of the script before that of the customer."""
        return tuple(dict.fromkeys((*(_(one) for one in self.script.never), *self.limits)))

    @property
    def reason(self) -> str:
        """Why it fits, as the screen shows it."""
        return " · ".join(filter(None, (self.why, self.style)))

    def as_json(self) -> ChosenJson:
        """What there is to say of it beside the script itself."""
        return {"why": self.why, "product": self.product or None, "cautions": list(self.cautions)}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: scenes, the first before the others, empty: all; `of`: axis -> value of what they differ by; `strict`:
    axes whose texts are said for their very value alone; `silent`: on a day without marketing; `lately`: ids of scripts that were
    copied for the customer lately; `about`: the product that they are to be about, None: any."""

    scenes: tuple[str, ...] = ()
    of: Mapping[str, str] = field(default_factory=dict)
    strict: Collection[str] = ()
    silent: bool = False
    lately: Collection[str] = ()
    about: Meant | None = None


@dataclass(frozen=True, slots=True)
class ScriptChoice:
    """The scripts for a customer, the best first, and those that must not be said to him now."""

    scripts: tuple[ChosenScript, ...]
    withheld: tuple[Withheld, ...]

    def led_by(self, script: Script, text: str) -> "ScriptChoice":
        """The same with one script before the others; one that is not among them, since it is for one day or touch, with its
        `text`."""
        first = [one for one in self.scripts if one.script.id == script.id]
        limits = self.scripts[0].limits if self.scripts else ()
        led = first or [ChosenScript(script, text, 0.0, "", limits=limits)]
        return replace(self, scripts=(*led, *(one for one in self.scripts if one.script.id != script.id)))

    @property
    def best(self) -> ChosenScript | None:
        """The best one; None where nothing may be said."""
        return self.scripts[0] if self.scripts else None

    def why_withheld(self) -> tuple[tuple[str, int], ...]:
        """(sentence, how many scripts) of what is withheld, the most first."""
        counted = Counter(one.sentence for one in self.withheld)
        return tuple(counted.most_common())


def choose(
    scripts: Iterable[Script],
    hearer: Hearer,
    wanted: Wanted,
    rules: Rules,
    fills: Mapping[str, str],
) -> ScriptChoice:
    """The scripts that speak to a customer, the best first. `fills`: the gaps that are the same for all; the salutation is
    `fills["hello"]` where it stands there, else with his name."""
    weights = _Weights(rules)
    chosen: list[ChosenScript] = []
    verdicts: dict[OfProduct, Passed | Withheld] = {}
    withheld: list[Withheld] = []
    for script in _of_their_time([one for one in scripts if _speaks_to(one, hearer, wanted)], hearer):
        verdict = gate(script, hearer, rules, silent=wanted.silent, verdicts=verdicts, about=wanted.about)
        if isinstance(verdict, Withheld):
            withheld.append(verdict)
            continue
        gaps = {"hello": hearer.hello, **fills, **_of_product(verdict)}
        text = filled(script, gaps)
        if text is None:
            continue
        score, why, style = weights.of(script, hearer, wanted)
        chosen.append(
            ChosenScript(
                script, text, score, why, style, verdict.product, verdict.cautions, script.id in wanted.lately,
                hearer.unsaid,
            )
        )  # fmt: skip
    place = {scene: number for number, scene in enumerate(wanted.scenes)}
    chosen.sort(
        key=lambda one: (
            one.copied, _is_for_a_case(one.script, wanted), -one.score,
            place.get(one.script.scene, len(place)), one.script.id,
        )
    )  # fmt: skip
    return ScriptChoice(tuple(chosen), tuple(withheld))


def _of_their_time(scripts: Collection[Script], hearer: Hearer) -> Iterable[Script]:
    """Where the data are too old for days, of a scene with texts for such data those alone."""
    if not hearer.old:
        return scripts
    old = {one.scene for one in scripts if one.old}
    return [one for one in scripts if one.old or one.scene not in old]


def _speaks_to(script: Script, hearer: Hearer, wanted: Wanted) -> bool:
    """Whether a script is for such a customer at all: what it names is known of him."""
    if wanted.scenes and script.scene not in wanted.scenes:
        return False
    if any(
        wanted.of.get(axis, None if axis in wanted.strict else value) != value
        for axis, value in script.of.items()
    ):
        return False
    if wanted.about is not None and not wanted.about.fits(script):
        return False
    return (
        script.to == "customer"
        and not script.touches
        and not script.quiet
        and (not script.segment or not hearer.segments.isdisjoint(script.segment))
        and (not script.style or hearer.style in script.style)
        and (not script.stage or hearer.stage in script.stage)
        and (not script.tower or hearer.tower in script.tower)
        and (not script.old or hearer.old)
        and fits(script, hearer.values)
    )


def _is_for_a_case(script: Script, wanted: Wanted) -> bool:
    """Whether a script is for a case that nobody said is at hand: it stands behind those that can be said as it is."""
    return any(axis in library().strict and axis not in wanted.of for axis in script.of)


def _of_product(verdict: Passed) -> Mapping[str, str]:
    """The gaps that a product fills; what is not told of it fills none."""
    filled_with = zip(OF_PRODUCT, (verdict.product, verdict.terms), strict=True)
    return {gap: words for gap, words in filled_with if words}


class _Weights:
    """The points of the rules, and what each of them is in words."""

    def __init__(self, rules: Rules) -> None:
        names = ("of", "main", "segment", "style", "stage", "tower", "stated")
        self._points = dict(zip(names, rules.numbers("playbook.weights"), strict=True))
        self._own = rules.number("playbook.own")
        self._rules = rules

    def of(self, script: Script, hearer: Hearer, wanted: Wanted) -> tuple[float, str, str]:
        """The score of a script for a customer, why in words, and what of it was observed of him."""
        parts = dict(self._parts(script, hearer, wanted))
        score = sum(self._points[name] for name in parts) + (self._own if script.whose == "own" else 0)
        style = parts.pop("style", "")
        return score, " · ".join(filter(None, parts.values())), style

    def _parts(self, script: Script, hearer: Hearer, wanted: Wanted) -> Iterator[tuple[str, str]]:
        """What of a script is about this customer, in words."""
        same = {axis: value for axis, value in script.of.items() if wanted.of.get(axis) == value}
        if same:
            yield "of", axis_words(same)
        if hearer.main and hearer.main in script.segment:
            yield "main", segment_words(hearer.main)
        elif script.segment:
            theirs = next(one for one in script.segment if one in hearer.segments)
            yield "segment", segment_words(theirs)
        if script.style:
            yield "style", _("{name}风格").format(name=_(letters()[hearer.style].name))
        if script.stage:
            yield "stage", self._rules.text(f"journey.{hearer.stage}")
        if script.tower:
            yield "tower", self._rules.text(f"tower.{hearer.tower}")
        if script.conditions:
            yield "stated", ""


def segment_words(code: str) -> str:
    """The name of a segment in the language in use."""
    return next((_(one.name) for one in segments() if one.code == code), "")


def scene_words(scenes: Iterable[str], library: ScriptLibrary) -> str:
    """The names of scenes in the language in use."""
    return " · ".join(_(library.scenes[one].name) for one in scenes if one in library.scenes)
