"""What in the database itself keeps the audit trail from being changed? Triggers.

They stop programs and hands that slip; whoever owns the database can drop them, and is found by the chain.
"""

from borderpass.store.append_only import create_triggers, drop_triggers

_TABLE = "store_auditentry"
REFUSAL = "the audit trail is only ever added to"

CREATE = create_triggers(_TABLE, REFUSAL)
DROP = drop_triggers(_TABLE)
