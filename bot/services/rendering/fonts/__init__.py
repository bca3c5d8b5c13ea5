"""The typeface of all that is drawn: Noto Sans, with every letter of Vietnamese."""

from pathlib import Path

FOLDER = Path(__file__).parent
REGULAR = FOLDER / "NotoSans-Regular.ttf"
BOLD = FOLDER / "NotoSans-Bold.ttf"
