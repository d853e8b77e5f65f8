"""``python -m maps`` and ``maps``: the command line."""

import sys


def main() -> int:
    """Run the command line; who stops it while its libraries load sees no fault."""
    try:
        from maps.cli import main as command_line  # noqa: PLC0415

        return command_line()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
