"""The error of a condition that cannot be read, pointing at the character."""

import unicodedata

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, sentences


def fault(source: str, at: int, what: str, hint: str = "", code: str = "bad_expression") -> WorkbenchError:
    """The error for a place (0-based) in the text: line, column, the sentence, a hint, the line and a caret below.

    The text itself never goes into the facts (domain 17); `facts["position"]` is the place.
    """
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
    pointer = "".join(
        "\u3000" if unicodedata.east_asian_width(letter) in "WF" else " " for letter in line[: column - 1]
    )
    excerpt = f"\n  {line}\n  {pointer}^" if line.strip() else ""
    sentence = sentences((f"{where}{what}", hint))
    return WorkbenchError(code, f"{sentence}{excerpt}", position=at, line=number, column=column)
