FROM python:3.13-slim AS build
RUN python -m venv /venv
COPY requirements.lock ./
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /app --create-home bantin \
    && mkdir /app/var && chown bantin /app/var
WORKDIR /app
COPY --from=build /venv /venv
COPY config config
COPY bot bot
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 BANTIN_LOG__FORMAT=json
USER bantin
VOLUME /app/var
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "-m", "bot", "health"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
