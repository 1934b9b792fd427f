"""How a Message of the wire reads to one person on a page."""
