"""What we measure: each figure a ratio to a limit measured in the same run."""
