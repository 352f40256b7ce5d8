"""What is kept: the one Django app."""
