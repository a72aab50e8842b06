"""What is loaded ahead: before Qt, and while the passphrase is typed."""

from importlib import import_module

from ui.registry import BY_NAME, FIRST

#: the rooms that the first page asks
_ROOMS = (
    "workbench.insight.room",
    "workbench.outreach.leads.room",
    "workbench.outreach.room",
    "workbench.outreach.week.room",
    "workbench.outreach.today.room",
)


def load(*, typed: bool) -> None:
    """Load what is no part of Qt, before Qt: once that is there, its import hook reads the source of every module that
    follows. Where the passphrase is `typed`, what only the first page needs waits for the door (`load_first_page`)."""
    for module in ("workbench.app", *(() if typed else _ROOMS)):
        import_module(module)


def load_first_page() -> None:
    """Load the first page and its rooms: while the passphrase is typed or its key is derived."""
    for module in (BY_NAME[FIRST].module, *_ROOMS):
        import_module(module)
