"""Middle floor: the business of the workbench. No Qt anywhere in it."""
