"""The seven churn signals, one module each: SQL expressions that give the verdict and its evidence (domain 4.3)."""
