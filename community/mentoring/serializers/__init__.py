"""Mentoring as JSON: what is answered, and what may be sent."""
