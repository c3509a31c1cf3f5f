"""The sample site: invented records over all databases, loaded and removed by one command each."""
