"""What a case's services think with before they write."""
