"""An interactive historical map where every line has a date, a teller and a source."""
