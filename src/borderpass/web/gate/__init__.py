"""What does the commander of a gate see and do? Devices, codes, cases, and who should be back."""
