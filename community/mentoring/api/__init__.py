"""Mentoring over REST: the same verbs as its pages."""
