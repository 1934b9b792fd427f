"""The room as a page: everything the socket does, by links and forms."""
