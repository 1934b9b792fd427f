"""Hashed names for far-future caching; ES modules import each other by their hashed names too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStatic(CompressedManifestStaticFilesStorage):
    support_js_module_import_aggregation = True
