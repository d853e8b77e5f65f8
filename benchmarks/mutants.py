"""Try many mutants of the atlases of the tests: what a check calls clean must be usable.

Prints what went wrong, by the place where it did, and how many were refused and used. A
mutant is made again from its number. Run: ``python benchmarks/mutants.py [COUNT [FIRST]]``
or ``make mutants``.
"""

import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter, defaultdict
from pathlib import Path

from data.test_clean_is_usable import tried

COUNT = 3000
SHOWN = 6  # of the mutants that went wrong in one place


def main(count=COUNT, first=0):
    warnings.simplefilter("ignore")
    answers = Counter()
    wrong = defaultdict(list)
    slowest = (0.0, "")
    began = time.process_time()
    for number in range(first, first + count):
        said = []
        at = time.process_time()
        try:
            with tempfile.TemporaryDirectory() as folder:
                answers[tried(number, Path(folder), said)] += 1
        except Exception as error:
            answers["wrong"] += 1
            frames = [
                f for f in traceback.extract_tb(error.__traceback__) if "/maps/" in f.filename
            ]
            place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
            wrong[f"{place} {type(error).__name__}: {str(error)[:150]}"].append((number, said))
            print(number, place, repr(error)[:100], flush=True)
        slowest = max(slowest, (time.process_time() - at, f"{number} {said}"))
    for place, mutants in sorted(wrong.items(), key=lambda each: -len(each[1])):
        print(f"\n{len(mutants)} x {place}")
        for number, said in mutants[:SHOWN]:
            print(f"    {number}: {'; '.join(said)}")
    spent = time.process_time() - began
    counted = ", ".join(f"{answers[name]} {name}" for name in ("refused", "used", "wrong"))
    print(f"\n{count} mutants from number {first}: {counted}; {spent:.0f} s of processor time")
    print(f"slowest: {slowest[0]:.1f} s, {slowest[1]}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
