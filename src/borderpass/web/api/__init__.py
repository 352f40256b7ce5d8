"""The API for machines: /api/v1/, described by /api/v1/openapi.json."""
