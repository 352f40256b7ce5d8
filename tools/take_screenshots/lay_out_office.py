"""Have people at every desk of a demo's office, as a process of its own that says in JSON what the pictures need."""

import json
import sys
from datetime import UTC, datetime

from borderpass.cli.installation import set_up_founded


def main() -> int:
    """Set Django up first: what works on the database cannot be imported before."""
    home = set_up_founded()
    from .office_day import lay_out

    sys.stdout.write(json.dumps(lay_out(home, datetime.now(UTC))) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
