"""The separate process that reads a file for the window: no file can hang it, fill its memory or kill it."""
