"""What the portal costs, measured against the plainest way to do the same."""
