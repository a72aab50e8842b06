"""How many examples a law is tried on: a few in `make test`, many in `make test-long`."""

from typing import Any

from hypothesis import settings

#: the profiles of hypothesis; the ordinary one is loaded for every run that names no other
QUICK, LONG = "quick", "long"
#: examples in `make test`; a law whose examples are dear takes fewer
FEW = 15

settings.register_profile(QUICK, max_examples=FEW, deadline=None)
settings.register_profile(LONG, max_examples=300, deadline=None)


def law(*, examples: int, few: int = FEW, **more: Any) -> settings:
    """Settings of a law that is tried on `examples` in the long run and on `few` in the ordinary one."""
    long = settings.get_current_profile_name() == LONG
    return settings(max_examples=examples if long else min(examples, few), deadline=None, **more)
