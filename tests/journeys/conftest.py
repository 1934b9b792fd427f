"""Journeys are walked with the same browser and on the same kind of site as the browser tests."""

from tests.browser.conftest import chromium, picture, served, site, visit

__all__ = ["chromium", "picture", "served", "site", "visit"]
