"""What the page lists: one line for each entry of the playbook, its variants behind the first of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ui.widgets.table_model import Column
from workbench.base.i18n import _, commas
from workbench.insight.genes.data import letters, segments
from workbench.outreach.codes import codes
from workbench.outreach.effects.effect import ScriptUse
from workbench.outreach.playbook.choosing import ChosenScript, ScriptChoice
from workbench.outreach.playbook.library import ScriptLibrary, axis_words, library
from workbench.outreach.playbook.room import Playbook
from workbench.outreach.playbook.script import Script
from workbench.outreach.words import Words
from workbench.rules.parameters import Rules
from workbench.sheets.glyphs import readable


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """`code` of the entry; `ways`: its variants, the one that is shown first; `used`: what became of all of them together."""

    code: str
    ways: tuple["ScriptWay", ...]
    used: int = 0
    off: bool = False

    @property
    def first(self) -> "ScriptWay":
        """The variant that the list shows."""
        return self.ways[0]


@dataclass(frozen=True, slots=True)
class ScriptWay:
    """One variant. `text` as it is shown and copied; `chosen`: what makes it fit the customer that the page is about, None where
    it is about nobody; `now`: it stands on his portrait."""

    script: Script
    text: str
    chosen: ChosenScript | None = None
    use: ScriptUse | None = None
    now: bool = False

    @property
    def why(self) -> str:
        """Why it fits the customer, '' where the page is about nobody."""
        if self.chosen is None:
            return ""
        reasons = (_("现在最该说的") if self.now else "", self.chosen.reason)
        return " · ".join(filter(None, reasons)) or _("对谁都合适")


@dataclass(frozen=True, slots=True)
class ShownPlaybook:
    """What the page read. `choice`, `first`: what fits the customer, and what stands on his portrait; `pairing`: how the
    manager's style goes with his; None and '' where the page is about nobody, or where it is not known."""

    held: ScriptLibrary
    off: tuple[Script, ...]
    uses: Mapping[str, ScriptUse]
    choice: ScriptChoice | None = None
    first: Words | None = None
    pairing: str = ""


def script_lines(shown: ShownPlaybook, listed: Iterable[Script], playbook: Playbook) -> list[ScriptLine]:
    """The lines of some scripts, in their order; for a customer filled with what is known of him."""
    chosen = {one.script.id: one for one in shown.choice.scripts} if shown.choice is not None else {}
    off = {one.id for one in shown.off}
    now = shown.first.script if shown.first is not None else ""
    ways: dict[str, list[ScriptWay]] = {}
    for one in listed:
        fits = chosen.get(one.id)
        text = fits.text if fits is not None else playbook.readable(one)
        ways.setdefault(one.base, []).append(
            ScriptWay(one, text, fits, shown.uses.get(one.id), one.id == now)
        )
    return [
        ScriptLine(
            code,
            tuple(several),
            sum(way.use.copied for way in several if way.use is not None),
            all(way.script.id in off for way in several),
        )
        for code, several in ways.items()
    ]


def in_order(shown: ShownPlaybook) -> Sequence[Script]:
    """The scripts that the page is about: for a customer those that may be said to him, first what stands on his portrait and
    what goes with it; else all of them."""
    if shown.choice is None:
        return list(shown.held.scripts.values())
    first = shown.first
    scripts = [one.script for one in shown.choice.scripts]
    if first is None:
        return scripts
    return sorted(scripts, key=lambda one: (one.id != first.script, one.scene != first.scene))


def script_columns(held: ScriptLibrary, rules: Rules, *, for_somebody: bool) -> list[Column[ScriptLine]]:
    """Scene, text, why or for whom, how often it was used."""
    why: Column[ScriptLine] = Column(_("为什么是它"), why_words, 170, tip=why_words)
    whom: Column[ScriptLine] = Column(_("给谁"), lambda x: whom_words(x.first.script, rules), 170)

    def scene(line: ScriptLine) -> str:
        """The name of its scene."""
        return _(held.scenes[line.first.script.scene].name)

    return [
        Column(_("场景"), scene, 92, ink=_ink, tip=scene),
        Column(_("说什么"), _text, 0, ink=_ink, tip=_text),
        why if for_somebody else whom,
        Column(_("用过"), lambda x: f"{x.used:,}" if x.used else "", 52, number=True, value=lambda x: x.used or None),
    ]  # fmt: skip


def _text(line: ScriptLine) -> str:
    """What the list shows of it; a rare sign that no font has is spelt, and copied as it is."""
    return readable(line.first.text)


def why_words(line: ScriptLine) -> str:
    """Why a script fits the customer."""
    return line.first.why


def whom_words(one: Script, rules: Rules) -> str:
    """Whom a script is for, and what of its scene, in few words."""
    names = {segment.code: _(segment.name) for segment in segments()}
    styles = letters()
    parts = [
        axis_words(one.of, _(library().scenes[one.scene].name)),
        commas(names.get(code, code) for code in one.segment),
        commas(_("{name}风格").format(name=_(styles[code].name)) for code in one.style),
        commas(rules.text(f"journey.{code}") for code in one.stage),
        commas(rules.text(f"tower.{code}") for code in one.tower),
    ]
    return " · ".join(filter(None, parts)) or _("不限")


def channel_words(one: Script) -> str:
    """By which channels it may be said."""
    known = dict(codes("channels"))
    return commas(known.get(code, code) for code in one.channel)


def _ink(line: ScriptLine) -> str | None:
    return "second" if line.off else None
