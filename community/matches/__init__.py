"""Two people who may walk together: proposed, chosen, asked, beside each other, parted (MATCHING.md 2)."""
