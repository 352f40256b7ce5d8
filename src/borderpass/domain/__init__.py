"""The rules of the game: standard library only, no clock, no I/O, no framework."""
