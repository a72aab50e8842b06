"""The order in which the files of one command are imported: customers before what names them, then by month."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from workbench.base.errors import WorkbenchError
from workbench.intake.review.session import ImportSession


def in_order(
    paths: Sequence[Path], read: Callable[[Path], ImportSession], cells_kept: int
) -> Iterator[tuple[Path, ImportSession | None]]:
    """The files in their order, each with its session.

    None where it is to be read in its turn: a single file, one that cannot be read now, and those beyond `cells_kept` cells
    that are held at once.
    """
    if len(paths) < 2:
        yield from ((path, None) for path in paths)
        return
    places: list[tuple[tuple[int, str, str, str], int]] = []
    kept: dict[int, ImportSession] = {}
    held = 0
    for number, path in enumerate(paths):
        try:
            session = read(path)
        except WorkbenchError:
            places.append(((99, "", "", ""), number))
            continue
        places.append((session.order(), number))
        held += session.cells
        if held <= cells_kept:
            kept[number] = session
    for _place, number in sorted(places):
        yield paths[number], kept.pop(number, None)
