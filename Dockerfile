# One image for every process of compose.yaml; which process it is, is said by the command.
FROM python:3.11-slim-bookworm

# WeasyPrint's libraries and the Chinese fonts that the papers' faces are cut from.
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .

# Both source roots; graphql/ is a plain folder, so that `import graphql` stays graphql-core.
ENV PYTHONPATH=/app:/app/graphql PYTHONUNBUFFERED=1

# What is slow and the same everywhere is made here: faces, languages, static files, bytecode. The two secrets
# only let the settings load; they are in no layer's environment and protect nothing.
RUN useradd --create-home --uid 10001 tongban \
 && mkdir -p var/keys var/files var/incoming \
 && TONGBAN_SECRET_KEY=only-for-collectstatic-0123456789abcdef \
    TONGBAN_FIELD_KEY=only-for-collectstatic-0123456789abcdef \
    sh -c 'python -m files.fonts && python -m config.languages && python manage.py collectstatic --noinput' \
 && python -m compileall -q . \
 && chown -R tongban var

USER tongban
EXPOSE 8000
