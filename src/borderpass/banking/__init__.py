"""Who tells whether a QR code was paid? The Bank protocol, the central bank behind it, and a stand-in for it."""
