"""What answers over HTTP: thin views by audience. Nothing is decided here."""
