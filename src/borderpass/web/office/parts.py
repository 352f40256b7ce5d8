"""What have the packages added to the pages that all share? In the order in which it is shown."""

from borderpass.web.office.governor.part import PART as GOVERNOR
from borderpass.web.office.imports.part import PART as IMPORTS
from borderpass.web.office.intake.part import PART as INTAKE
from borderpass.web.office.money.part import PART as MONEY
from borderpass.web.office.notices.part import PART as NOTICES
from borderpass.web.office.part import MenuEntry, NewWork, NextStep, Section
from borderpass.web.office.passes.part import PART as PASSES
from borderpass.web.office.printing.part import PART as PRINTING

_PARTS = (INTAKE, MONEY, GOVERNOR, PRINTING, PASSES, IMPORTS, NOTICES)

MENU: tuple[MenuEntry, ...] = tuple(entry for part in _PARTS for entry in part.menu)
NEXT_STEPS: tuple[NextStep, ...] = tuple(step for part in _PARTS for step in part.next_steps)
SECTIONS: tuple[Section, ...] = tuple(section for part in _PARTS for section in part.sections)
NEW_WORK: tuple[NewWork, ...] = tuple(work for part in _PARTS for work in part.new_work)
