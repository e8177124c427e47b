# The image of one service: docker build --build-arg SERVICE=registration .
# It holds services/<SERVICE>, shared, and the packages that these two need: nothing of another service.
# With --target administration: what prepares servers and plays the sample course (deploy).

# Packages as requirements.lock has them, and no others: pyproject.toml says which of them a service needs.
FROM python:3.13-slim AS packages
WORKDIR /cadre
ENV UV_LINK_MODE=copy UV_NO_PROGRESS=1
COPY requirements-uv.lock .
RUN python -m venv /uv && /uv/bin/pip install --quiet --no-cache-dir --require-hashes -r requirements-uv.lock
RUN python -m venv --without-pip /packages
COPY pyproject.toml requirements.lock deploy/image/install deploy/image/pinned.py ./
RUN sh install

FROM packages AS administration-made
COPY shared shared
COPY deploy deploy
RUN python -m compileall -q --invalidation-mode unchecked-hash shared deploy

FROM packages AS service-made
ARG SERVICE
RUN sh install "${SERVICE:?name one: --build-arg SERVICE=registration}"
COPY shared shared
COPY services/__init__.py services/
COPY services/${SERVICE} services/${SERVICE}
RUN python -m compileall -q --invalidation-mode unchecked-hash shared services

# Any user may run it, and nobody may write to it.
FROM python:3.13-slim AS runtime
WORKDIR /cadre
ENV PATH=/packages/bin:$PATH HOME=/tmp PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
RUN mkdir -m 1777 /run/cadre /var/lib/cadre
COPY deploy/image/healthy.py deploy/image/start.py /cadre/
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s CMD ["python", "-I", "/cadre/healthy.py"]
USER 10001:10001

# pg_dump and pg_restore of the base's Debian (13 has 17), which must be no older than the server.
FROM runtime AS administration
USER root
RUN apt-get update -qq && apt-get install -qq --no-install-recommends postgresql-client && rm -rf /var/lib/apt/lists/*
USER 10001:10001
COPY --from=administration-made /packages /packages
COPY --from=administration-made /cadre/shared shared
COPY --from=administration-made /cadre/deploy deploy
ENTRYPOINT ["python", "-m"]

FROM runtime AS service
ARG SERVICE
ENV SERVICE=$SERVICE
COPY --from=service-made /packages /packages
COPY --from=service-made /cadre/shared shared
COPY --from=service-made /cadre/services services
ENTRYPOINT ["python", "/cadre/start.py"]
