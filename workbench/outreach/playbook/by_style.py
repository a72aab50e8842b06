"""What to say to a customer scene by scene, by the style observed of him so far: the book of styles (domain 2.2 b)."""

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.base.i18n import _
from workbench.outreach.playbook.choosing import ScriptChoice, Wanted
from workbench.outreach.playbook.library import library

#: the book of styles
DISC = "disc"


@dataclass(frozen=True, slots=True)
class SceneWords:
    """A scene in words: what may be said, what not to do, `withheld`: why nothing may be said, '' where something may."""

    scene: str
    name: str
    texts: tuple[str, ...]
    never: tuple[str, ...]
    withheld: str = ""


def by_style() -> Wanted:
    """The scenes of the book of styles, in the order of the library."""
    scripts = [one for one in library().scripts.values() if one.library == DISC]
    return Wanted(tuple(code for code in library().scenes if any(one.scene == code for one in scripts)))


def scenes_of(choice: ScriptChoice) -> tuple[SceneWords, ...]:
    """The scenes of the book of styles with what was chosen for a customer: the texts of his style, else those for whoever is not
    known well enough."""
    made = []
    for scene in by_style().scenes:
        those = [one for one in choice.scripts if one.script.library == DISC and one.script.scene == scene]
        fitting = [one for one in those if one.script.style] or those
        why = ""
        if not fitting:
            why = next((one.sentence for one in choice.withheld if _scene(one.script) == scene), "")
        never = _once(_(words) for one in fitting for words in one.script.never)
        made.append(
            SceneWords(scene, _(library().scenes[scene].name), tuple(one.text for one in fitting), never, why)
        )
    return tuple(made)


def _scene(code: str) -> str:
    """The scene of a shipped script, '' for another's."""
    one = library().scripts.get(code)
    return one.scene if one is not None else ""


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
