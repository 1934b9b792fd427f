"""Pages: the door, the questions of the first day, and staff's invitations."""
