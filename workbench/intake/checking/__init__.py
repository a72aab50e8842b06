"""From a sheet and its mapping to rows that may enter the book, with every fault named."""
