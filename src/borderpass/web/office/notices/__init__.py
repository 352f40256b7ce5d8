"""The messages to applicants, as their office sees them."""
