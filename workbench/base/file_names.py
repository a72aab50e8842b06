"""Names that are proposed for files: of whatever words they are made, each is one file in the folder of choice, on any system."""

import re
from typing import Final

from workbench.base.unseen import seen_line

#: what no system takes in a name, or takes for a folder, a drive, a stream
_TAKEN: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
#: devices of Windows, whatever ending stands behind them
_DEVICE: Final = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(?:\.|$)", re.IGNORECASE
)
#: letters and bytes of a name without its ending; with it and a number a system takes it
_LETTERS, _BYTES = 100, 200


def file_name(words: str, ending: str = "") -> str:
    """The name of a file made of words, with its ending ('.xlsx')."""
    stem = _TAKEN.sub("_", seen_line(words.removesuffix(ending) if ending else words))
    stem = stem[:_LETTERS].encode("utf-8", "replace")[:_BYTES].decode("utf-8", "ignore").strip(" .~")
    if not stem or _DEVICE.match(stem):
        stem = f"_{stem}"
    return f"{stem}{ending}"
