"""How does Django know the store?"""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """The one app of the project."""

    name = "borderpass.store"
    label = "store"
