"""Reads messages for signs that somebody needs a person. Pure: no table, no request, no network."""
