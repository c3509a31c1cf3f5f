# One image for web, worker, scheduler and follower.
FROM python:3.11-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PATH=/portal/.venv/bin:$PATH PORTAL_DATA=/var/lib/portal HOST=0.0.0.0
WORKDIR /portal

RUN useradd --system --home-dir /var/lib/portal --create-home portal
COPY requirements.txt .
RUN python -m venv .venv && pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
RUN SECRET_KEY=none DATABASE_URL=postgres:///none REDIS_URL=redis:// EMAIL_URL=memorymail:// \
    python manage.py messages --compile-only && install -d -o portal /var/lib/portal

USER portal
VOLUME /var/lib/portal
EXPOSE 8000
CMD ["gunicorn", "-c", "python:bch_portal.server", "bch_portal.wsgi"]
