# syntax=docker/dockerfile:1
FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
RUN python -m venv /opt/followup
WORKDIR /src
COPY run.lock ./
RUN /opt/followup/bin/pip install --require-hashes -r run.lock
COPY pyproject.toml README.md LICENSE ./
COPY followup ./followup
COPY config ./config
COPY templates ./templates
RUN /opt/followup/bin/pip install --no-deps --no-build-isolation . \
 && /opt/followup/bin/pip uninstall --yes hatchling editables

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /srv/followup --create-home --shell /usr/sbin/nologin followup \
 && install -d -o followup -g followup /var/lib/followup
COPY --from=build /opt/followup /opt/followup
ENV PATH=/opt/followup/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    FOLLOWUP_DATA=/var/lib/followup \
    FOLLOWUP_LOG=json
USER followup
# A clinic's own config/ and templates/ are mounted here; without them the packed ones are used.
WORKDIR /srv/followup
VOLUME /var/lib/followup
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["followup"]
CMD ["web", "--host", "0.0.0.0"]
