"""What nobody sees in a text: direction and zero-width characters, and control characters. A book keeps a text as it was given;
whatever shows one shows it without these, so that a name cannot turn round the words beside it, or hide among others.

Standard library only, for the reading process.
"""

import json
import re
from typing import Final

#: zero width, direction, byte order and variation marks, and control characters other than tab and line ends
UNSEEN: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef]+"
)
#: anything at which a text changes when it is shown
_ANY: Final = re.compile(f"{UNSEEN.pattern}|[\r\v\f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
#: halves of a character, and what is none: no file of text can hold them
_BROKEN: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")
#: joins the parts of one picture, or colours it: seen with it, and hides nothing
_OF_PICTURES: Final = re.compile("[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff][\u200d\ufe0f]{1,2}")
#: what is written by its number in JSON; line ends are its own
_ESCAPED: Final = re.compile(f"{UNSEEN.pattern}|[\u2028\u2029\ud800-\udfff\ufffe\uffff]")
#: what ends a line in some places and not in others
_LINE_ENDS: Final = re.compile("\r\n?|[\v\f\u2028\u2029]")


def seen(text: str) -> str:
    """A text as it may be shown: without what nobody sees, every end of a line the same."""
    if (text.isascii() and text.isprintable()) or _ANY.search(text) is None:
        return text
    return _BROKEN.sub("\ufffd", UNSEEN.sub(_of_picture, _LINE_ENDS.sub("\n", text)))


def _of_picture(match: re.Match[str]) -> str:
    """What nobody sees, where it belongs to a picture; else ''."""
    whole = match.start() > 0 and _OF_PICTURES.fullmatch(match.string, match.start() - 1, match.end())
    return match[0] if whole else ""


def seen_line(text: str) -> str:
    """The same on one line, for a title, a heading, a name among others."""
    return " ".join(seen(text).split())


def escaped(document: str) -> str:
    """A JSON document in which what nobody sees is written by its number: it says the same, and no terminal acts on it."""
    return _ESCAPED.sub(_as_code, document)


def _as_code(match: re.Match[str]) -> str:
    return "".join(
        f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else json.dumps(sign)[1:-1] for sign in match[0]
    )
