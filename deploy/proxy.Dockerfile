# Caddy with its settings, so that a changed file is a new image and reaches what runs.
FROM caddy:2.11
COPY deploy/Caddyfile /etc/caddy/Caddyfile
