"""What in the database itself keeps a table from being changed? Triggers, one form for each kind of database.

They stop programs and hands that slip; whoever owns the database can drop them.
"""

Statements = dict[str, list[str]]


def create_triggers(table: str, refusal: str) -> Statements:
    """Return the statements that put the triggers up, by the database's vendor. `refusal` is what they say."""
    name = f"{table}_kept"
    return {
        "sqlite": [
            f"CREATE TRIGGER {name}_{change.lower()} BEFORE {change} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            for change in ("UPDATE", "DELETE")
        ],
        "postgresql": [
            (
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
                f" $$ BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'restrict_violation'; END $$"
            ),
            (
                f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
                f" FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
            ),
        ],
    }


def drop_triggers(table: str) -> Statements:
    """Return the statements that take them down again."""
    name = f"{table}_kept"
    return {
        "sqlite": [f"DROP TRIGGER {name}_update", f"DROP TRIGGER {name}_delete"],
        "postgresql": [f"DROP TRIGGER {name} ON {table}", f"DROP FUNCTION {name}()"],
    }
