"""How are records found, added and moved? Scope is enforced here, where the query is built."""
