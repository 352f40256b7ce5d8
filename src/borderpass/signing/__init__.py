"""Who holds the keys? The Signer protocol and its keepers."""
