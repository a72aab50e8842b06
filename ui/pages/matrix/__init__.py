"""Products against portraits."""
