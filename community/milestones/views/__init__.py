"""Pages: one's own path, and the ladders of a program at the desk."""
