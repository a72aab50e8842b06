"""The one limit of every wait in the tests. A test waits for a state, never for a while: only a broken program reaches it."""

import threading

#: seconds; generous, so that a loaded machine does not reach it either
LIMIT = 120


def opened(gate: threading.Event) -> None:
    """Wait until somebody opens the gate."""
    assert gate.wait(LIMIT), "nobody opened the gate"
