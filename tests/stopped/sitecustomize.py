"""What every Python that a test starts runs first: its clock stops where the test's own stands, at ``STOPPED_AT``."""

import os
import select
import time

if "STOPPED_AT" in os.environ:
    time.time = lambda: float(os.environ["STOPPED_AT"])
if "FAKETIME" in os.environ:
    # libfaketime 0.9.10 that leaves monotonic clocks alone knows no `clock_nanosleep` on them: EINVAL, at once.
    time.sleep = lambda seconds: select.select((), (), (), seconds) and None
