"""What does whoever sends messages promise?"""

from typing import Protocol

from borderpass.domain.notices import Channel, Failure


class NotDeliveredError(Exception):
    """A message was not taken: `failure` says why, `status` what the gateway answered (0: nothing)."""

    def __init__(self, failure: Failure, status: int = 0) -> None:
        """Take both."""
        super().__init__(f"{failure}, status {status}")
        self.failure, self.status = failure, status


class Sender(Protocol):
    """Whatever sends messages."""

    def send(self, channel: Channel, address: str, text: str) -> None:
        """Send one message. Raise NotDeliveredError where it was not taken."""
