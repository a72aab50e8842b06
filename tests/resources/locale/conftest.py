"""What the tests of the words share: every sentence that users read, looked for once."""

import pytest

from resources.locale.catalogue import collect


@pytest.fixture(scope="session")
def sentences() -> dict[str, set[str]]:
    """What `collect` finds: sentence -> the files that it stands in."""
    return collect()
