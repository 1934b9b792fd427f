"""Pages of mentoring: for who asks, for mentors, and for staff."""
