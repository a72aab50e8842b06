"""What the fuzz job was fed with and what it once fell over: each ends in an answer or in a sentence, and within its time."""

from pathlib import Path

import pytest

from bench.fuzz.__main__ import CORPUS, tried
from bench.fuzz.targets import TARGETS


def test_every_target_has_seeds_and_every_seed_a_target() -> None:
    assert {one.name for one in CORPUS.iterdir()} == set(TARGETS)


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_what_is_stored_ends_as_it_may(target: str, tmp_path: Path) -> None:
    faults = {one.name: tried(target, one.read_bytes(), tmp_path) for one in (CORPUS / target).iterdir()}
    assert not any(faults.values()), faults
