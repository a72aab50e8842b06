"""The commands of the contract: everything a window can do, the command line can do too."""

from workbench.commands.edge import WindowWanted, run

__all__ = ["WindowWanted", "run"]
