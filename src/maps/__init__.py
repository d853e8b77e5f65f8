"""An interactive historical map where every line has a date, a teller and a source.

From Python: ``maps.open()``, see `maps.api`. Nothing is loaded before it is asked for.
"""

from typing import TYPE_CHECKING

from maps.errors import MapsError

if TYPE_CHECKING:
    from maps.api import Day, MapPage, OpenedAtlas, open

__all__ = ["Day", "MapPage", "MapsError", "OpenedAtlas", "open"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'maps' has no attribute {name!r}")
    from maps import api  # noqa: PLC0415

    return getattr(api, name)
