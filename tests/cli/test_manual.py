"""Does the manual's page on the command say what the command says of itself?"""

import argparse
import re
from importlib import import_module

import pytest

from borderpass.cli.main import COMMANDS
from tests.cli.running import ROOT

PAGE = (ROOT / "docs" / "reference" / "cli.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))


def words_of(parser):
    """Yield every option and action of a command, and of its actions."""
    for action in parser._actions:
        yield from (option for option in action.option_strings if option not in ("-h", "--help"))
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                yield name
                yield from words_of(inner)


def test_each_command_has_its_section_in_the_order_of_the_help():
    assert [name for name in SECTIONS if name in COMMANDS] == list(COMMANDS)


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "manage"])
def test_each_word_of_a_command_is_in_its_section_and_no_other(command):
    parser = argparse.ArgumentParser()
    import_module(f"borderpass.cli.{command}").add_arguments(parser)
    words = set(words_of(parser))
    shown = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", SECTIONS[command]))
    assert {word for word in words if word.startswith("--")} == shown
    synopsis = re.findall(rf"^    borderpass {command}(.*)$", SECTIONS[command], re.MULTILINE)
    assert synopsis
    assert {word for word in words if not word.startswith("--")} <= {line.split()[0] for line in synopsis if line}


def test_the_fields_of_verify_are_those_of_its_json():
    from tests.cli.test_verify import FIELDS

    rows = re.findall(r"^\| `(\w+)` \| ", SECTIONS["verify"].split("| field |")[1], re.MULTILINE)
    assert rows == FIELDS
