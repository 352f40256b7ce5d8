"""Pictures in: the photo that somebody brings, and the codes in what a camera saw."""
