"""Cheap checks of what packaging is made from; of a built archive only where one is named."""

import os

collect_ignore = [] if os.environ.get("DIGITPAD_ARCHIVE") else ["bundle"]
