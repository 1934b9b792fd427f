"""Who could walk beside whom. Pure: no table, no clock, no request; what goes in decides what comes out."""
