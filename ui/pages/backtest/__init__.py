"""回测: how good the warnings were on the book's own past, and what other lines would have given."""
