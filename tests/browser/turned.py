"""The browser tests' settings with a clock that runs ahead by TURNED seconds: for what comes the next morning."""

import os
from datetime import timedelta

from community.foundation import clock
from tests.browser.settings import *  # noqa: F403

clock._shift = timedelta(seconds=float(os.environ["TURNED"]))
