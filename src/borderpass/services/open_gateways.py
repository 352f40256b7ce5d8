"""Which gateways do the settings name? A channel without one is not offered, and nothing is written for it."""

from typing import TYPE_CHECKING

from django.conf import settings

from borderpass.domain.notices import Channel

if TYPE_CHECKING:
    from borderpass.notices.gateways import Gateways


def channels_offered() -> frozenset[Channel]:
    """Return the channels that there is a gateway for."""
    return frozenset(_addresses())


def open_gateways() -> "Gateways":
    """Return the gateways."""
    from borderpass.notices.gateways import Gateways  # only who sends loads a hundred plugins

    return Gateways(_addresses())


def _addresses() -> dict[Channel, str]:
    named: dict[str, str] = settings.NOTICE_GATEWAYS
    return {channel: named[channel] for channel in Channel if named.get(channel)}
