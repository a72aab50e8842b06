"""The fourth room: from decisions to paper and files, which are masked, dated and registered."""
