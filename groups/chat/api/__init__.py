"""Words over REST: in a group, and found in all of one's own."""
