"""What to say of one hook product where no customer is named: for the guide (domain 3)."""

from collections.abc import Iterable, Mapping, Sequence

from workbench.base.i18n import _, commas
from workbench.insight.products.hooks import Hook
from workbench.insight.shelf.regimes import is_free
from workbench.outreach.playbook.filling import OF_PRODUCT, filled
from workbench.outreach.playbook.library import gaps
from workbench.outreach.playbook.script import Script
from workbench.rules.parameters import Rules

#: the scene of hook products
HOOK = "hook"


def hook_script(
    scripts: Iterable[Script], hook: Hook, segments: Sequence[str], fills: Mapping[str, str], rules: Rules
) -> str:
    """The script for a product: of its kind for the first of some segments (codes) that has one, else one that names any product
    by its terms and asks for the risk test: of no use for a deposit, nor for a risk that opens no talk. '' for none."""
    offered = hook.offered
    fills = {
        "hello": _("您好"),
        **fills,
        **{
            gap: words
            for gap, words in zip(OF_PRODUCT, (offered.name, commas(hook.known_terms)), strict=True)
            if words
        },
    }
    fitting = [one for one in scripts if one.scene == HOOK and not one.conditions and not one.touches]
    of_kind = [
        one
        for one in fitting
        if one.regime == offered.regime and (one.risk is None or (offered.risk or 0) <= one.risk)
    ]
    for segment in segments:
        for one in of_kind:
            if segment in one.segment and (text := filled(one, fills)) is not None:
                return text
    if is_free(offered.regime, offered.risk, rules) or (offered.risk or 0) > rules.whole("hook.easy_risk"):
        return ""
    for one in fitting:
        plain = not one.segment and not one.style and not one.regime and not one.stage and not one.tower
        if plain and OF_PRODUCT[0] in gaps(one.text) and (text := filled(one, fills)) is not None:
            return text
    return ""
