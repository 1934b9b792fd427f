"""A live site's settings, with its collected static files in the data folder."""

from community.settings.base import DATA_DIR
from community.settings.production import *  # noqa: F403

STATIC_ROOT = DATA_DIR / "static"
