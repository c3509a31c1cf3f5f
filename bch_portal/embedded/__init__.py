"""The portal's own PostgreSQL and Redis, for `make run` and `make test`. Nothing here knows Django."""
