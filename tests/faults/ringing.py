"""A live site's settings with a paging service on this machine, without TLS, and a clock ahead by TURNED seconds."""

import os
from datetime import timedelta

from community.foundation import clock
from tests.browser.live import *  # noqa: F403

PAGING_WEBHOOK_URL = os.environ["PAGER"]
PAGING_WEBHOOK_SECRET = "for-these-tests-alone-" * 2

clock._shift = timedelta(seconds=float(os.environ.get("TURNED", "0")))
