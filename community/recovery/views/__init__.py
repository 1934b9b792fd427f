"""Pages of getting back in."""
