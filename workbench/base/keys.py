"""The key ring of this PC: keeps a book's passphrase when the person asked for it. Absent or locked counts as empty."""

import importlib
from pathlib import Path
from types import ModuleType

SERVICE = "account-workbench"


def _ring() -> ModuleType:
    # keyring looks for its backends at import: only when somebody asks
    return importlib.import_module("keyring")


def remembered(path: Path) -> str | None:
    """The passphrase kept for a book, None when there is none or no key ring."""
    ring = _ring()
    try:
        kept: str | None = ring.get_password(SERVICE, str(path.resolve()))
    except ring.errors.KeyringError:
        return None
    return kept


def remember(path: Path, passphrase: str) -> bool:
    """Keep a passphrase on this PC; False when no key ring takes it."""
    ring = _ring()
    try:
        ring.set_password(SERVICE, str(path.resolve()), passphrase)
    except ring.errors.KeyringError:
        return False
    return True


def forget(path: Path) -> None:
    """Drop a kept passphrase, if there is one."""
    ring = _ring()
    try:
        ring.delete_password(SERVICE, str(path.resolve()))
    except ring.errors.KeyringError:
        return
