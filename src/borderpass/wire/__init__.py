"""Bytes to domain values and back, strictly. Only cbor2 and cryptography are used here."""
