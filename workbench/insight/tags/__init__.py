"""The tag library: definitions, the set-based pass that computes them, their health."""
