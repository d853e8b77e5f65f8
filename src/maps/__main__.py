"""``python -m maps`` and ``maps``: the command line."""

import os
import signal
import sys


def main() -> int:
    """Run the command line; who stops it while its libraries load sees no fault."""
    usual = signal.getsignal(signal.SIGINT)
    try:
        if usual is signal.default_int_handler:
            # NumPy, interrupted while it loads, prints the interrupt and says it is broken.
            signal.signal(signal.SIGINT, lambda *_: os._exit(130))
        from maps.cli import main as command_line  # noqa: PLC0415

        signal.signal(signal.SIGINT, usual)
        return command_line()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
