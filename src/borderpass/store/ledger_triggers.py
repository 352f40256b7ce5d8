"""What in the database itself keeps the ledger from being changed? Triggers, beside the constraints of its table."""

from borderpass.store.append_only import create_triggers, drop_triggers

_TABLE = "store_ledgerentry"
REFUSAL = "the ledger is only ever added to"

CREATE = create_triggers(_TABLE, REFUSAL)
DROP = drop_triggers(_TABLE)
