"""`python -m tests.i18n`: says what is wrong with the texts, and fails if anything is."""

import sys

from tests.i18n.checking import problems

found = problems()
sys.stderr.writelines(f"{problem}\n" for problem in found)
sys.exit(bool(found))
