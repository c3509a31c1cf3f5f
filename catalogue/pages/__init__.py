"""What the public pages show: records, lists, hits and notices made ready for templates."""
