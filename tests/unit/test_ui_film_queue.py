"""One film at a time; who waits sees how many are before them."""

import threading

import pytest

from maps.ui.export_tab import Queue

WITHIN_S = 10


class Reader(threading.Thread):
    """A reader who waits for a turn, says how many were before, and keeps it until let go."""

    def __init__(self, queue, *, leaves=False):
        super().__init__(daemon=True)
        self.queue, self.leaves = queue, leaves
        self.before = []
        self.waits, self.has, self.done = (threading.Event() for _ in range(3))
        self.start()

    def run(self):
        try:
            with self.queue.turn(self.told):
                self.has.set()
                self.done.wait(WITHIN_S)
        except ConnectionError:
            self.has.clear()

    def told(self, before):
        self.before.append(before)
        self.waits.set()
        if self.leaves:
            raise ConnectionError


def test_readers_have_their_turns_in_the_order_they_came():
    queue = Queue()
    first = Reader(queue)
    assert first.has.wait(WITHIN_S)
    second = Reader(queue)
    assert second.waits.wait(WITHIN_S)
    third = Reader(queue)
    assert third.waits.wait(WITHIN_S)
    assert (second.before[0], third.before[0]) == (1, 2)
    assert not second.has.is_set()
    first.done.set()
    assert second.has.wait(WITHIN_S)
    assert not third.has.is_set()
    second.done.set()
    assert third.has.wait(WITHIN_S)
    third.done.set()


def test_a_reader_who_leaves_gives_the_place_up():
    queue = Queue()
    first = Reader(queue)
    assert first.has.wait(WITHIN_S)
    gone = Reader(queue, leaves=True)
    gone.join(WITHIN_S)
    third = Reader(queue)
    assert third.waits.wait(WITHIN_S)
    assert third.before[0] == 1
    first.done.set()
    assert third.has.wait(WITHIN_S)
    third.done.set()


def test_a_film_that_fails_lets_the_next_begin():
    queue = Queue()
    with pytest.raises(ValueError, match="no film"), queue.turn(pytest.fail):
        raise ValueError("no film")
    with queue.turn(pytest.fail):
        pass
