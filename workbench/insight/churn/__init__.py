"""Who is about to leave: signals, the check of the whole book, fusion, hard rules, stored results, causes."""
