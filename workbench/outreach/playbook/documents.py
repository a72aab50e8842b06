"""Scripts as programs get them."""

from workbench.base.i18n import _
from workbench.outreach.playbook.library import ScriptLibrary, gaps
from workbench.outreach.playbook.own_rows import whose_words
from workbench.outreach.playbook.script import Script, ScriptJson


def script_json(one: Script, held: ScriptLibrary, text: str = "") -> ScriptJson:
    """A script. `text`: with its gaps filled for a customer, '': as it stands in the library."""
    return {
        "id": one.id,
        "library": one.library,
        "scene": one.scene,
        "scene_name": _(held.scenes[one.scene].name),
        "text": text or _(one.text),
        "of": dict(one.of),
        "segment": list(one.segment),
        "style": list(one.style),
        "stage": list(one.stage),
        "tower": list(one.tower),
        "channel": list(one.channel),
        "kind": one.kind,
        "regime": one.regime or None,
        "risk": one.risk,
        "length": len(text or _(one.text)),
        "variables": list(gaps(one.text)),
        "never_say": [_(never) for never in one.never],
        "to": one.to,
        "escalates": one.escalates,
        "source": one.source or whose_words(one.whose),
        "mark": one.mark,
        "version": one.version,
    }
