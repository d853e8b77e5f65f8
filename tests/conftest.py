from pathlib import Path

import pytest

from maps.load import default_atlas_folder
from maps.model import Atlas
from maps.validate import open_atlas


@pytest.fixture(scope="session")
def two_islands() -> Path:
    """The folder of the invented atlas; copy it before changing anything."""
    return Path(__file__).parent / "fixtures" / "two-islands"


@pytest.fixture(scope="session")
def islands_atlas(two_islands: Path) -> Atlas:
    return open_atlas(two_islands)


@pytest.fixture(scope="session")
def shipped_atlas() -> Atlas:
    return open_atlas(default_atlas_folder())
