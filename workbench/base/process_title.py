"""A password in the address of a server does not stay in the list of processes, where every account can read it."""

import contextlib
import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path

#: what stands for a password in an address as it was typed
_PASSWORDS = (
    re.compile(r"postgres(?:ql)?(?:\+\w+)?:/*[^:/@?]*:(.*)@", re.IGNORECASE | re.DOTALL),
    re.compile(r"[?&]password=([^&]*)", re.IGNORECASE),
)
#: which words of /proc/self/stat, behind the name, tell where the command line begins and ends
_BEGIN, _END = 45, 46


def passwords_in(words: Iterable[str]) -> list[str]:
    """The passwords of addresses in a command line, as they were typed."""
    return [found for word in words for one in _PASSWORDS for found in one.findall(word) if found]


def hide_passwords(words: Iterable[str]) -> None:
    """Overwrite them in this process's own copy of its command line. Elsewhere than on Linux there is no way to."""
    secrets = passwords_in(words)
    if secrets and sys.platform == "linux":
        # not a reason to fail: the commands say nothing of it, and a file of passwords is the better way
        with contextlib.suppress(OSError, ValueError, IndexError):
            _overwrite([os.fsencode(secret) for secret in secrets])


def _overwrite(secrets: list[bytes]) -> None:
    import ctypes

    told = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
    begin, end = int(told[_BEGIN]), int(told[_END])
    if not 0 < begin < end:
        return
    line = ctypes.string_at(begin, end - begin)
    for secret in secrets:
        at = line.find(secret)
        while at >= 0:
            ctypes.memset(begin + at, ord("*"), len(secret))
            at = line.find(secret, at + len(secret))
