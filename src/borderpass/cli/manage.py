"""Django's own commands: migrate, shell, createcachetable, and the rest."""

import os


def run_words(words: list[str]) -> int:
    """Hand the words to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "borderpass.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["borderpass manage", *words])
    return 0
