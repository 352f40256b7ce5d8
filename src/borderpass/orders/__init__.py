"""Legal orders as files: YAML to domain values, strictly."""
