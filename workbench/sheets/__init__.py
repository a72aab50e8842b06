"""Fourth room: decisions in, paper and files out; masked, dated, registered."""
