# PgBouncer with its settings, from where the image of the database has PostgreSQL itself.
FROM postgres:18.6-bookworm
RUN apt-get update \
    && apt-get install --yes --no-install-recommends pgbouncer \
    && rm -rf /var/lib/apt/lists/*
COPY deploy/pgbouncer.ini /etc/pgbouncer.ini
USER postgres
ENTRYPOINT []
