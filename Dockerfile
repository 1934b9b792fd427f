# One image for web, worker and migrations: Python, the run set, the code, the collected static files. No compiler.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 DJANGO_SETTINGS_MODULE=community.settings.production
RUN useradd --system --uid 10001 --home-dir /site --shell /usr/sbin/nologin site
WORKDIR /site
COPY requirements.txt ./
RUN pip install --require-hashes -r requirements.txt
COPY manage.py ./
COPY tools/healthy.py ./tools/
COPY community ./community
COPY groups ./groups
COPY realtime ./realtime
COPY templates ./templates
# Settings refuse to load half given; what stands here is for this one command and stays in no layer.
RUN SECRET_KEY=only-to-collect-static-files-only-to-collect-static-files FIELD_KEYS=build:none ALLOWED_HOSTS=build.example \
    CRISIS_LINES="build | 0 | 2026-01-01" REDIS_URL=redis://build.example:6379/0 python manage.py collectstatic --noinput \
    && python -m compileall -q community groups realtime

USER 10001
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["python", "tools/healthy.py"]
CMD ["daphne", "-v", "0", "-b", "0.0.0.0", "-p", "8000", "--websocket-max-message-size", "262144", "--websocket-max-frame-size", "262144", "realtime.asgi:application"]
