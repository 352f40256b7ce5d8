"""What do the screens look like? docs/screens, taken from the apps and the site as they are."""
