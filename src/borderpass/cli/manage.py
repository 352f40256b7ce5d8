"""Django's own commands: migrate, shell, createcachetable, and the rest."""

from borderpass.cli.installation import in_plain_words, set_up


def run_words(words: list[str]) -> int:
    """Hand the words to Django."""
    set_up()
    from django.core.management import execute_from_command_line

    with in_plain_words():
        execute_from_command_line(["borderpass manage", *words])
    return 0
