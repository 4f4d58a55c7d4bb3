"""Put the data and the notebooks into the wheel; an editable install finds them in the checkout."""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ShipFolders(BuildHookInterface):
    """Adds the folders to wheels only: in an editable install they would be copies going stale."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the folders before the wheel is built."""
        if version == "standard":
            for folder in ("data", "notebooks"):
                build_data["force_include"][folder] = f"lyanalysis/{folder}"
