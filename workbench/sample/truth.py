"""The truth file beside the sample workbooks: who carries which planted story."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workbench.sample.material import material


@dataclass(frozen=True, slots=True)
class PlantedStories:
    """What was planted: customer numbers by story; `joined` and `left` carry none but come or go midway."""

    seed: int
    customers: int
    months: int
    last_month: str
    stories: Mapping[str, tuple[str, ...]]
    joined: tuple[str, ...]
    left: tuple[str, ...]
    #: what happened long ago -> customer numbers; they carry no story either
    past: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def write_truth(
    folder: Path,
    *,
    seed: int,
    customers: int,
    months: int,
    last_month: str,
    stories: Mapping[str, Sequence[str]],
    joined: Sequence[str],
    left: Sequence[str],
    past: Mapping[str, Sequence[str]],
) -> Path:
    """Write the truth file into the folder of the workbooks. Raises OSError."""
    path = _place(folder)
    document = {
        "about": {name: story["about"] for name, story in material("stories").items()},
        "seed": seed,
        "customers": customers,
        "months": months,
        "last_month": last_month,
        "stories": stories,
        "joined": joined,
        "left": left,
        "past": past,
    }
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def is_sample(folder: Path) -> bool:
    """Whether the folder's workbooks are those of a sample branch."""
    return _place(folder).is_file()


def _place(folder: Path) -> Path:
    return folder / str(material("sheets")["truth_name"])


def read_truth(path: Path) -> PlantedStories:
    """The truth file as written by `make_branch`. Raises OSError, ValueError, KeyError for anything else."""
    document = json.loads(path.read_text(encoding="utf-8"))
    return PlantedStories(
        seed=document["seed"],
        customers=document["customers"],
        months=document["months"],
        last_month=document["last_month"],
        stories={name: tuple(numbers) for name, numbers in document["stories"].items()},
        joined=tuple(document["joined"]),
        left=tuple(document["left"]),
        past={kind: tuple(numbers) for kind, numbers in document.get("past", {}).items()},
    )
