"""The separate process that reads a file, so that no file can hang the window, fill its memory or kill it."""
