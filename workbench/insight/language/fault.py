"""The error of a condition that cannot be read, pointing at the character."""

import re
import unicodedata

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, sentences

#: letters of a line that are shown on either side of the place
_AROUND = 60
#: words of a condition that a sentence repeats, too long to be read
_REPEATED = re.compile(r"“([^”]{40})[^”]{20,}”")


def fault(source: str, at: int, what: str, hint: str = "", code: str = "bad_expression") -> WorkbenchError:
    """The error for a place (0-based) in the text: line, column, the sentence, a hint, what stands around it and a caret below.

    The text itself never goes into the facts (domain 17); `facts["position"]` is the place.
    """
    what, hint = (_REPEATED.sub(r"“\1…”", words) for words in (what, hint))
    at = max(0, min(at, len(source)))
    begin = source.rfind("\n", 0, at) + 1
    end = source.find("\n", at)
    line = source[begin : end if end >= 0 else len(source)].replace("\t", " ")
    number, column = source.count("\n", 0, at) + 1, at - begin + 1
    where = (
        _("第 {column} 个字处:").format(column=column)
        if "\n" not in source.strip()
        else _("第 {line} 行第 {column} 个字处:").format(line=number, column=column)
    )
    first, last = max(0, column - 1 - _AROUND), column - 1 + _AROUND
    dots = "…" if first else ""
    pointer = dots.replace("…", " ") + "".join(
        "\u3000" if unicodedata.east_asian_width(letter) in "WF" else " "
        for letter in line[first : column - 1]
    )
    line = f"{dots}{line[first:last]}{'…' if last < len(line) else ''}"
    excerpt = f"\n  {line}\n  {pointer}^" if line.strip() else ""
    sentence = sentences((f"{where}{what}", hint))
    return WorkbenchError(code, f"{sentence}{excerpt}", position=at, line=number, column=column)
