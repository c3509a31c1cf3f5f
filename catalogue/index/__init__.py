"""The index of this host: how a record is entered, followed and read."""
