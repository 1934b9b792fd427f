"""What was sent, judged before anything is written. Pure: the same for page, API and command."""
