"""What the verbs of mentoring have in common."""
