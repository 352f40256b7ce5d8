"""The use cases: one file each, named after what is done. Only here is a transaction opened."""
