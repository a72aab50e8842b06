"""Who is who: likeness of persons, pairs that may be one, merges that can be taken back, the search keys of a name."""
