"""The garbage collector rests while cells are made, and is as it was afterwards."""

import gc
from collections.abc import Iterator

import pytest

from workbench.base import collector
from workbench.base.collector import quiet_collector


@pytest.fixture(autouse=True)
def _thawing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Here what the other tests keep frozen is thawed too, and frozen again."""
    monkeypatch.setattr(collector, "gc", gc)
    yield
    gc.freeze()


def test_it_rests_inside_and_works_again_after_also_after_an_error() -> None:
    assert gc.isenabled()
    with pytest.raises(ValueError, match="stop"), quiet_collector():
        assert not gc.isenabled()
        raise ValueError("stop")
    assert gc.isenabled()


def test_one_inside_another_does_not_wake_it() -> None:
    with quiet_collector():
        with quiet_collector():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_what_is_left_counts_as_old_and_is_not_looked_through_at_once() -> None:
    with quiet_collector():
        made = [[number] for number in range(5_000)]
    young = {id(one) for generation in (0, 1) for one in gc.get_objects(generation)}
    assert not young.intersection(map(id, made))
    assert gc.get_freeze_count() == 0
