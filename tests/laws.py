"""How many examples a law is tried on: a few in `make test`, many in `make test-long`, and which in `make mutants`."""

from typing import Any

from hypothesis import Phase, settings

#: the profiles of hypothesis; the ordinary one is loaded for every run that names no other
QUICK, LONG, HASTY = "quick", "long", "hasty"
#: examples in `make test`; a law whose examples are dear takes fewer
FEW = 10

settings.register_profile(QUICK, max_examples=FEW, deadline=None)
settings.register_profile(LONG, max_examples=300, deadline=None)
# a mutant needs one example that fails, always the same, and nobody reads how small it could be
settings.register_profile(
    HASTY,
    max_examples=FEW,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
)


def law(*, examples: int, few: int = FEW, **more: Any) -> settings:
    """Settings of a law that is tried on `examples` in the long run and on `few` in the ordinary one."""
    long = settings.get_current_profile_name() == LONG
    return settings(max_examples=examples if long else min(examples, few), deadline=None, **more)
