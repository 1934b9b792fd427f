"""Pages: one's own days, and what somebody shared with who leads their group."""
