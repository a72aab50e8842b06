"""Speed and quality, measured: ratios to a floor taken in the same run, never in a test."""
