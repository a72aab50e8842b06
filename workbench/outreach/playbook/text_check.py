"""What is wrong with a text before anybody may say it: its length, its gaps, the red lines, and what it says of products."""

import string
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workbench.base.i18n import _, commas
from workbench.outreach.playbook.script import Scene, Script
from workbench.rules.parameters import Rules
from workbench.rules.red_lines import RedLine, red_lines_in

_UNSEEN = frozenset(("Cc", "Cf"))
#: joins the parts of one picture
_JOINER = "\u200d"
#: the gaps that a written text may leave open
GAPS = ("hello", "manager", "branch", "product", "terms")
#: those of a text for a touch of the year
GAPS_OF_TOUCHES = ("hello", "name", "day")


@dataclass(frozen=True, slots=True)
class TextFault:
    """What is wrong, as a code, and the sentence with what may be said instead."""

    code: str
    sentence: str


def one_line(text: str) -> str:
    """A text as it is kept: one line, without signs that nobody sees (they turn the reading round, or hide a word), but for
    those that join a picture."""
    joined = " ".join(text.split())
    return "".join(sign for sign in joined if sign == _JOINER or unicodedata.category(sign) not in _UNSEEN)


def text_faults(
    script: Script, scene: Scene, rules: Rules, lines: Iterable[RedLine] | None = None
) -> tuple[TextFault, ...]:
    """Everything that is wrong with a script somebody wrote, the gravest first; `lines`: red lines in force (None: the shipped
    ones)."""
    text = script.text.strip()
    faults = list(_crossed(red_lines_in(text, lines, regime=script.regime, scene=scene.code)))
    faults += _of_products(script, rules)
    names, known = _gaps(text), GAPS_OF_TOUCHES if script.touches else GAPS
    shown = commas(f"{{{one}}}" for one in known)
    if names is None:
        words = _("花括号没有配对,或者里面不是空位的名字。可用的空位:{gaps}")
        faults.append(TextFault("bad_gap", words.format(gaps=shown)))
    elif unknown := [one for one in names if one not in known]:
        words = _("不认识空位 {gap}。可用的空位:{gaps}")
        faults.append(TextFault("bad_gap", words.format(gap=f"{{{unknown[0]}}}", gaps=shown)))
    least = rules.whole("playbook.shortest")
    if len(text) < least:
        words = _("只有 {n} 个字,至少 {least} 个")
        faults.append(TextFault("too_short", words.format(n=len(text), least=least)))
    most = most_signs(text, scene, rules)
    if len(text) > most:
        words = _("有 {n} 个字,“{scene}”最多 {most} 个")
        faults.append(TextFault("too_long", words.format(n=len(text), scene=_(scene.name), most=most)))
    return tuple(faults)


def most_signs(text: str, scene: Scene, rules: Rules) -> int:
    """Signs that a text may have in a scene: more where it is written in letters, of which a word takes several."""
    chinese = not text or any("㐀" <= sign <= "鿿" for sign in text)
    return scene.most if chinese else scene.most * rules.whole("playbook.latin")


def _crossed(crossed: Sequence[RedLine]) -> Iterable[TextFault]:
    return (TextFault("red_line", one.sentence) for one in crossed)


def _of_products(script: Script, rules: Rules) -> Iterable[TextFault]:
    """A product that is sold is named with its kind, and its risk where it has one, so that suitability can be asked."""
    word = next((one for one in rules.words("playbook.on_sale") if one in script.text), None)
    if script.kind == "marketing" and word is not None and not script.regime:
        yield TextFault(
            "no_regime", _("写到了“{word}”,请选产品类别:先看适当性,才知道能对谁说").format(word=word)
        )
    open_product = "{product}" in script.text
    if script.regime in rules.words("playbook.graded") and script.risk is None and not open_product:
        yield TextFault(
            "no_risk", _("这一类产品有风险等级,请写明 R1 到 R5,或者用空位 {gap}").format(gap="{product}")
        )


def _gaps(text: str) -> list[str] | None:
    """The names between braces; None where braces do not pair, or more than a name stands in them."""
    names = []
    try:
        for _text, name, form, way in string.Formatter().parse(text):
            if name is None:
                continue
            if not name or form or way:
                return None
            names.append(name)
    except ValueError:
        return None
    return names
