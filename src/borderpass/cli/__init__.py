"""The `borderpass` command."""
