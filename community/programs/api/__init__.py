"""Programs, cohorts, episodes and staff over REST."""
