"""What the two people themselves see and do."""
