"""Border passes, from the application at the counter to the crossing at the gate."""
