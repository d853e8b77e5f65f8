"""Commands on the invented atlas, and its sites: made once, for they take seconds."""

from collections.abc import Callable

import pytest

from kit import SITE
from maps.atlas.assemble import open_atlas
from maps.atlas.model import Atlas
from maps.cli import main
from maps.publish import site_files


@pytest.fixture
def maps(two_islands, capsys) -> Callable[..., tuple[int, str, str]]:
    """Run a command on the invented atlas: exit code, output, errors."""

    def run(*words: str) -> tuple[int, str, str]:
        code = main([*words, "--atlas", str(two_islands)])
        return code, *capsys.readouterr()

    return run


@pytest.fixture(scope="session")
def islands_site(islands_atlas: Atlas) -> dict[str, bytes]:
    """A site in one language that does not know its address."""
    return dict(site_files({"en": islands_atlas}))


@pytest.fixture(scope="session")
def addressed_site(two_islands) -> dict[str, bytes]:
    """A site in two languages that knows it."""
    return dict(site_files({lang: open_atlas(two_islands, lang) for lang in ("en", "fr")}, SITE))
