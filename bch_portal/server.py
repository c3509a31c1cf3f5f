"""The web server's settings, for `gunicorn -c python:bch_portal.server bch_portal.wsgi`."""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT') or 8000}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_PROCESSES", "2"))
threads = int(os.environ.get("WEB_THREADS", "16"))
preload_app = True  # vocabularies and templates are loaded once, and shared by the processes
graceful_timeout = 8
timeout = 60
keepalive = 5
limit_request_line = 8190  # a search with every facet chosen, in Chinese
max_requests = 20_000
max_requests_jitter = 2_000
loglevel = "warning"
control_socket_disable = True
