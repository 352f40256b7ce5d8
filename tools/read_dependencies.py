"""Which packages does the wheel ask for? The same list that requirements/run.in pins."""

from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class CustomMetadataHook(MetadataHookInterface):
    """Fill `project.dependencies` from requirements/run.in, so that the list stands in one place."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set `dependencies` to the non-comment lines of requirements/run.in."""
        lines = (Path(self.root) / "requirements" / "run.in").read_text(encoding="utf-8").splitlines()
        metadata["dependencies"] = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
