"""Where two people may stand with each other, what leads on, and for how long; as data."""
