"""Lights in the week of the manager: their queue, and what is decided about them."""
