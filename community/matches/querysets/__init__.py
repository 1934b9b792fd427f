"""Whose matches are whose, and who may see them when: said once for page, API and rule alike."""

from community.matches.querysets.beside import BatchQuerySet, MatchCheckInQuerySet, SharedDayQuerySet, SilenceQuerySet
from community.matches.querysets.match import MatchQuerySet, run_by

__all__ = ["BatchQuerySet", "MatchCheckInQuerySet", "MatchQuerySet", "SharedDayQuerySet", "SilenceQuerySet", "run_by"]
