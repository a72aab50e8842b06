"""Files that are dropped on the window, and which page takes them."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QDropEvent

#: endings of pictures and scans; our own sheets come back as these, lists never do. Those of telephones that cannot be read
#: (heic) are refused as what they are.
PICTURES = frozenset({".jpg", ".jpeg", ".png", ".pdf", ".tif", ".tiff", ".bmp", ".webp", ".heic", ".heif"})


def dropped_files(event: QDropEvent) -> tuple[Path, ...]:
    """The local files that are dragged or dropped; none when it is something else."""
    return tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())


def sorted_out(paths: Sequence[Path]) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Tables and pictures. A table may be a list or a filled sheet of ours: the page of imports passes the latter on."""
    pictures = tuple(path for path in paths if path.suffix.lower() in PICTURES)
    return tuple(path for path in paths if path not in pictures), pictures
