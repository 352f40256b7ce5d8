"""The world that tests and vectors speak of: fixed keys, offices, orders, passes, and what a gate says of each.

Everything is deterministic, so that `tools/build_vectors.py` writes the same bytes every time.
"""
