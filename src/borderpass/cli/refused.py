"""How does a command say no?"""


class Refused(Exception):  # noqa: N818  # a refusal, not a fault
    """What a command does not do. The text says what was wrong and what to do; `status` is the exit status."""

    def __init__(self, message: str, status: int = 1) -> None:
        super().__init__(message)
        self.status = status


def bad_usage(message: str) -> Refused:
    """Return the refusal of a call that does not make sense (exit status 2)."""
    return Refused(message, status=2)
