"""``python -m maps``: the command line."""

import sys

from maps.cli import main

sys.exit(main())
