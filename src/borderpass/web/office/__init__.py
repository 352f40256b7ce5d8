"""What does an office see and do? From the counter to the hand-over; nothing of another office exists here."""
