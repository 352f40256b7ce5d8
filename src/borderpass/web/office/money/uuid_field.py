"""Which id did a page make? A hidden field carries it, so that sending a form twice does a thing once."""

from uuid import UUID


def read_uuid(text: object) -> UUID | None:
    """Return the UUID that a field holds, or None."""
    try:
        return UUID(str(text))
    except ValueError:
        return None
