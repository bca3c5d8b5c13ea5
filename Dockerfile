# For builds that can be repeated, pin the base by its digest, which `docker buildx imagetools inspect
# python:3.13-slim` prints: docker build --build-arg PYTHON_IMAGE=python:3.13-slim@sha256:... .
ARG PYTHON_IMAGE=python:3.13-slim

FROM ${PYTHON_IMAGE} AS build
WORKDIR /src
COPY bot/install.py bot/
COPY requirements.lock ./
# Behind a package mirror or a proxy with a certificate of its own, both optional:
#   docker build --secret id=pip.conf,src=pip.conf --secret id=ca.pem,src=ca.pem .
# with `cert = /run/secrets/ca.pem` in that pip.conf. Neither stays in the image.
RUN --mount=type=secret,id=pip.conf,target=/etc/pip.conf --mount=type=secret,id=ca.pem \
    python bot/install.py --venv /venv requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
# Compiled without times of files, which builders set anew: each start would compile everything in vain.
RUN /venv/bin/python -m pip install --no-index --no-deps --no-build-isolation --no-compile . \
    && /venv/bin/python -m pip uninstall --yes flit_core pip \
    && /venv/bin/python -m compileall -q -j 0 --invalidation-mode unchecked-hash /venv/lib

FROM ${PYTHON_IMAGE}
ARG VERSION=
ARG REVISION=
LABEL org.opencontainers.image.title="Bản Tin" \
      org.opencontainers.image.description="News of Vietnamese public agencies, pushed to the chats that asked for it" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
RUN useradd --uid 10001 --user-group --home-dir /app --no-create-home --shell /usr/sbin/nologin bantin \
    && install --directory /app \
    && install --directory --owner=bantin --group=bantin --mode=0700 /app/var
WORKDIR /app
COPY --from=build /venv /venv
# config/ is mounted at BANTIN_CONFIG. An SQLite database, and what `bantin export` writes, belongs in var/.
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    BANTIN_CONFIG=/app/config \
    BANTIN_LOG__FORMAT=json \
    BANTIN_WEB__LISTEN=0.0.0.0:8642
USER 10001:10001
VOLUME /app/var
EXPOSE 8642
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s --start-interval=5s CMD ["bantin", "health"]
ENTRYPOINT ["bantin"]
CMD ["run"]
