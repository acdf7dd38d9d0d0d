# The base image of all services. Included by decisions/0015-one-container-base-image.md.
# ANCHOR: base
FROM python:3.12-slim-bookworm AS base
RUN apt-get update \
 && apt-get upgrade -y \
 && apt-get install -y --no-install-recommends tini libpq5 \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --no-create-home app
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
ENTRYPOINT ["tini", "--"]
USER 10001
# ANCHOR_END: base

# ANCHOR: service
FROM registry.quayside.example/base:2024.27
COPY --chown=root:root . /app
WORKDIR /app
CMD ["python", "-m", "slots"]
# ANCHOR_END: service
