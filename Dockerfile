# One image for web, worker, beat and migrate; docker-compose.yml says which script each runs.
FROM python:3.12-slim-trixie

# What WeasyPrint draws with, and the metric twin of Times New Roman.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        fonts-liberation libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/*

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    KTTT_VAR=/var/lib/kttt \
    KTTT_STATIC_ROOT=/app/static-root

WORKDIR /app
COPY requirements/server.lock requirements/server.lock
RUN pip install --no-cache-dir --require-hashes -r requirements/server.lock

COPY manage.py pyproject.toml ./
COPY deploy deploy
COPY kttt_tracker kttt_tracker
COPY agencies agencies
COPY directives directives
COPY templates templates
COPY static static

# Collecting files signs nothing: the key is of this one command and stays in no layer.
RUN KTTT_SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(48))')" \
    KTTT_DEMO=0 python manage.py collectstatic --noinput

# An upload or a PDF that breaks out of its program finds an account that owns nothing here.
RUN useradd --system --uid 10001 --home-dir /var/lib/kttt kttt \
    && install -d -o kttt -g kttt -m 0750 /var/lib/kttt
USER kttt
VOLUME /var/lib/kttt

EXPOSE 8000
CMD ["sh", "deploy/web.sh"]
