"""Who acts in the tests? Always the same people.

Sokha applies. Bopha is the clerk and Dara the governor of Poipet (0110); Vichea is the governor of the next district,
Serei Saophoan (0106). Malee is the gate officer of Poipet, and Rith the auditor.
"""

from borderpass.domain.actors import EVERYWHERE, Actor, StaffRole

POIPET, SEREI, HALL = "0110", "0106", "0100"
GATE, OTHER_GATE = "poipet", "malai"

BOPHA = Actor("bopha", StaffRole.CLERK, POIPET)
DARA = Actor("dara", StaffRole.GOVERNOR, POIPET)
VICHEA = Actor("vichea", StaffRole.GOVERNOR, SEREI)
MALEE = Actor("malee", StaffRole.GATE_OFFICER, GATE)
RITH = Actor("rith", StaffRole.AUDITOR, EVERYWHERE)

NEXT_CLERK = Actor("clerk of serei", StaffRole.CLERK, SEREI)
HALL_CLERK = Actor("clerk of the hall", StaffRole.CLERK, HALL)
HALL_GOVERNOR = Actor("governor of the province", StaffRole.GOVERNOR, HALL)
PROVINCE = Actor("officer of the province", StaffRole.PROVINCIAL_OFFICER, "01")
OTHER_PROVINCE = Actor("officer of another province", StaffRole.PROVINCIAL_OFFICER, "02")
COMMANDER = Actor("commander", StaffRole.GATE_COMMANDER, GATE)
OTHER_COMMANDER = Actor("commander of malai", StaffRole.GATE_COMMANDER, OTHER_GATE)
MINISTRY = Actor("ministry", StaffRole.NATIONAL_AUTHORITY, EVERYWHERE)

EVERYBODY = (
    *(BOPHA, DARA, VICHEA, MALEE, RITH),
    *(NEXT_CLERK, HALL_CLERK, HALL_GOVERNOR, PROVINCE, OTHER_PROVINCE, COMMANDER, OTHER_COMMANDER, MINISTRY),
)
