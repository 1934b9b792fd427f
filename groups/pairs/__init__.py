"""The room of two people who walk together: it opens when both have said yes, and is there to be read afterwards."""
