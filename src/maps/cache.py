"""Work that is not done twice.

Answers are kept for each atlas, boundary or source. The records hold mappings and
cannot be hashed, so `functools.cache` does not take them; they never change, so the
object itself can be the key.
"""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

Subject = TypeVar("Subject")
More = ParamSpec("More")
Answer = TypeVar("Answer")


def once_for_each(
    answer: Callable[Concatenate[Subject, More], Answer],
) -> Callable[Concatenate[Subject, More], Answer]:
    """Make a function of a frozen record, and of what else is asked, remember its answers.

    What else is asked has to be hashable. An answer lives as long as its record. Two
    threads that ask at once may both work it out; they get equal answers.
    """
    known: dict[int, tuple[weakref.ref[Subject], dict[object, Answer]]] = {}

    @wraps(answer)
    def remembering(subject: Subject, /, *more: More.args, **named: More.kwargs) -> Answer:
        key = id(subject)
        held = known.get(key)
        if held is None or held[0]() is not subject:
            # The number of a dead object is used again for a new one: forget in time.
            held = known[key] = (weakref.ref(subject, lambda _: known.pop(key, None)), {})
        asked, answers = (*more, *named.items()), held[1]
        if asked not in answers:
            answers[asked] = answer(subject, *more, **named)
        return answers[asked]

    return remembering


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Keep the collector of cycles from running, in a block or, as a decorator, in a function.

    For reading and checking an atlas: all that is made there is kept, and each run of the
    collector would go through the whole of it once more, 40 % of the time for a large one.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
