"""What every Python that a test starts runs first: its clock stops where the test's own stands, at ``STOPPED_AT``."""

import os
import time

if "STOPPED_AT" in os.environ:
    time.time = lambda: float(os.environ["STOPPED_AT"])
