"""Hatch's hook for the wheel: carry ontology, shapes and queries, and a dataset built on the spot.

kg/data is in the wheel already, being a part of the package. An editable install carries nothing: it is the checkout.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDERS = ("ontology", "shapes", "queries")


class CarryResources(BuildHookInterface):  # type: ignore[type-arg]
    """Put the folders of resources and a fresh dataset under kg/_resources/ of the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the files to carry, before hatch collects them."""
        if version == "editable":
            return
        top = Path(self.root)
        include: dict[str, str] = build_data["force_include"]
        for folder in FOLDERS:
            for path in sorted((top / folder).rglob("*")):
                if path.is_file():
                    include[str(path)] = f"kg/_resources/{path.relative_to(top).as_posix()}"
        # Kept until the interpreter ends, since hatch reads the files after this returns.
        self._scratch = tempfile.TemporaryDirectory(prefix="zonekg-dataset-")
        built = Path(self._scratch.name)
        _build_dataset(top, built)
        for path in sorted(built.iterdir()):
            include[str(path)] = f"kg/_resources/dataset/{path.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Throw the scratch folder away."""
        if version != "editable":
            self._scratch.cleanup()


def _build_dataset(top: Path, out: Path) -> None:
    """Build the dataset with the code that is being packaged, not with one that happens to be installed."""
    sys.path.insert(0, str(top))
    try:
        from kg.build import build

        build(out)
    finally:
        sys.path.remove(str(top))
