"""Which addresses may be fetched: those of the public network, and no others."""
