"""Characters that the font of paper lacks: found before anything is printed, and spelt in pinyin instead of an empty box."""

import re
import unicodedata
from functools import cache
from importlib.resources import as_file, files

#: what every cut of the font has: printable ASCII and the hanzi of GBK and of extension A (see resources/fonts/build.py)
_SURE = re.compile(r"[\x00-\x7e\u3001-\u3015\u4e00-\u9fa5\u3400-\u4db5\uff01-\uff5e]*")


@cache
def _covered() -> frozenset[int]:
    """Code points that both weights of the font have."""
    from matplotlib.ft2font import FT2Font

    with as_file(files("resources") / "fonts") as folder:
        regular, bold = (
            frozenset(FT2Font(str(folder / f"WorkbenchSansSC-{weight}.otf")).get_charmap())
            for weight in ("Regular", "Bold")
        )
    return regular & bold


def lacking(text: str) -> tuple[str, ...]:
    """The different characters of a text that the font has no sign for, in their order."""
    if _SURE.fullmatch(text):
        return ()
    left = dict.fromkeys(sign for sign in text if not _SURE.fullmatch(sign))
    return tuple(sign for sign in left if ord(sign) not in _covered() and _shown(sign))


def unprintable(text: str) -> dict[str, str]:
    """Character of a text that cannot be printed -> what is printed in its place, without brackets."""
    return {sign: spelling(sign) for sign in lacking(text)}


def readable(text: str) -> str:
    """A text with every character that the font lacks spelt in brackets: '𠮷田' -> '(ji)田'."""
    signs = lacking(text)
    if not signs:
        return text
    return text.translate({ord(sign): f"({spelling(sign)})" for sign in signs})


@cache
def spelling(sign: str) -> str:
    """How a character is spelt in place of its sign: pinyin, else its number in Unicode 'U+20BB7'."""
    from workbench.base.readings import surname_reading

    return surname_reading(sign) or f"U+{ord(sign):04X}"


def _shown(sign: str) -> bool:
    """Whether a character takes ink: line breaks, blanks, joiners and variation selectors do not."""
    return unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn")
