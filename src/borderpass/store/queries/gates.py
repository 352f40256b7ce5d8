"""How does a gate work now, by its commander's order?"""

from borderpass.store.models import GateSetting


def latest_setting(checkpoint: str) -> GateSetting | None:
    """Return what was set last for a gate, or None where nothing was: then silence admits."""
    return GateSetting.objects.filter(checkpoint=checkpoint).order_by("-set_at", "-id").first()


def admit_needs_tap(checkpoint: str) -> bool:
    """Tell whether an officer at a gate has to tap to admit, as for everything else."""
    setting = latest_setting(checkpoint)
    return setting is not None and setting.admit_needs_tap
