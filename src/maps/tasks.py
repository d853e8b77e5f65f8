"""Work in parts that need nothing of each other: done here, or by the workers of a cluster.

The engine is dask.distributed, which is not installed with the program: it shares the
parts out, and has those of a worker that was lost done by another.
"""

from __future__ import annotations

import hashlib
import logging
import os
import pickle
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING, Protocol, TypeVar

from maps.errors import ClusterUnusable

if TYPE_CHECKING:
    from distributed import Client

Held = TypeVar("Held")
Part = TypeVar("Part")
Made = TypeVar("Made")

LOCAL = "local"  # in place of an address: workers of this machine, one a core
_ANSWERS_WITHIN_S, _WORKERS_WITHIN_S = 10, 60
# Whose versions the bytes of what is made depend on.
_DRAWN_BY = ("border-accounts", "numpy", "shapely", "pyproj", "matplotlib", "pillow", "babel")
_drawing = threading.Lock()


class Each(Protocol):
    """Does ``work(held, part)`` for each part; gives what is made in the order of the parts.

    ``work`` is a function of a module and ``held`` what all parts need, as an atlas: it is
    sent once. Parts and what is made of them go from process to process as pickles.
    """

    def __call__(
        self, work: Callable[[Held, Part], Made], held: Held, parts: Iterable[Part]
    ) -> Iterator[Made]:
        """Give what is made, in the order of the parts."""


def here(work: Callable[[Held, Part], Made], held: Held, parts: Iterable[Part]) -> Iterator[Made]:
    """Do one part after the other in this process, each when it is asked for; see `Each`."""
    return (work(held, part) for part in parts)


@contextmanager
def spread(scheduler: str) -> Iterator[Each]:
    """Give what does parts on the cluster of a scheduler; without an address, `here`.

    An address is ``tcp://HOST:PORT``, or ``local`` for workers of this machine, which end
    with the block.

    Raises
    ------
    ClusterUnusable
        The package is not installed, nobody answers, there are no workers, or they have
        other versions of what draws; later, when the scheduler is lost or a part has
        ended several workers.
    """
    if not scheduler:
        yield here
        return
    try:
        from distributed import Client  # noqa: PLC0415  takes 0.5 s, and not everyone has it
    except ImportError as error:
        raise ClusterUnusable(
            "work is shared out by distributed; install border-accounts[cluster]"
        ) from error
    for name in ("distributed", "distributed.client"):  # what fails is said in one line
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        if scheduler == LOCAL:
            client = Client(
                n_workers=os.cpu_count(), threads_per_worker=1, dashboard_address="127.0.0.1:0",
                silence_logs=logging.CRITICAL,
            )  # fmt: skip
        else:
            client = Client(scheduler, timeout=_ANSWERS_WITHIN_S)
    except (OSError, ValueError) as error:
        raise ClusterUnusable(
            f"{scheduler}: no scheduler of dask answers there; "
            "`dask scheduler` starts one and says its address"
        ) from error
    with client:
        _require_workers(client, scheduler)
        yield partial(_each_on, client)


def _require_workers(client: Client, scheduler: str) -> None:
    try:
        client.wait_for_workers(1, timeout=_WORKERS_WITHIN_S)
        found = client.run(_versions)
    except TimeoutError as error:
        raise ClusterUnusable(
            f"{scheduler}: has no workers; `dask worker {scheduler}` starts one"
        ) from error
    except ImportError as error:
        raise ClusterUnusable(
            f"{scheduler}: its workers lack a package ({error}); install what is installed here"
        ) from error
    own = _versions()
    for worker, theirs in found.items():
        differing = [
            f"{name} {theirs[name]}, here {own[name]}" for name in own if theirs[name] != own[name]
        ]
        if differing:
            raise ClusterUnusable(
                f"{scheduler}: what is made would not be as here; the worker {worker} has "
                + "; ".join(differing)
            )


def _versions() -> dict[str, str]:
    return {name: version(name) for name in _DRAWN_BY}


def _each_on(
    client: Client, work: Callable[[Held, Part], Made], held: Held, parts: Iterable[Part]
) -> Iterator[Made]:
    """Do parts on a cluster; see `Each`."""
    import cloudpickle  # noqa: PLC0415  comes with distributed; takes mappings nobody may change
    from dask import config  # noqa: PLC0415
    from distributed.comm.core import CommClosedError  # noqa: PLC0415
    from distributed.scheduler import KilledWorker  # noqa: PLC0415

    content = cloudpickle.dumps(held)
    try:
        with config.set({"distributed.admin.large-graph-warning-threshold": "1 TiB"}):
            # A task, not data: where the only worker that had it was lost, it is done again.
            name = f"maps-held-{hashlib.sha256(content).hexdigest()}"
            ready = client.submit(pickle.loads, content, key=name)
        asked = deque(
            client.submit(_alone, work, ready, part, pure=False, priority=-place)
            for place, part in enumerate(parts)
        )
        while asked:
            yield asked.popleft().result()  # which the cluster need not keep any longer
    except KilledWorker as error:
        raise ClusterUnusable(
            "a part of the work ended each worker that was given it; have they memory enough?"
        ) from error
    except (CancelledError, CommClosedError) as error:
        raise ClusterUnusable("the scheduler of the cluster was lost; start again") from error


def _alone(work: Callable[[Held, Part], Made], held: Held, part: Part) -> Made:
    """Do one part in a worker; matplotlib draws one thing at a time."""
    with _drawing:
        return work(held, part)
