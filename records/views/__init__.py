"""The desk: pages behind sign-in for those who write and those who decide."""
