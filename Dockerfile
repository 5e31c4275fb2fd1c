# syntax=docker/dockerfile:1
# Stage 1 installs everything, exports the models and builds the store; torch stays here.
FROM python:3.13-slim-bookworm AS builder
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
WORKDIR /src
COPY requirements.lock ./
RUN pip install --no-deps -c requirements.lock --extra-index-url https://download.pytorch.org/whl/cpu torch
COPY pyproject.toml README.md LICENSE ./
COPY knowledge knowledge
COPY retrieval retrieval
COPY bot bot
RUN pip install -c requirements.lock .
WORKDIR /
RUN DATA_DIR=/data MODELS_DIR=/opt/models python -m bot ingest --default
# Answering needs none of what built the model.
RUN pip uninstall -y torch transformers sentence-transformers safetensors scikit-learn scipy sympy onnx networkx \
 && DATA_DIR=/data MODELS_DIR=/opt/models python -m bot ask "which of the two needs more data?"

# Stage 2 holds what answering needs: the packages, the exported model and the store.
FROM python:3.13-slim-bookworm
LABEL org.opencontainers.image.title="Tune or Prompt" org.opencontainers.image.licenses="MIT"
RUN useradd --create-home --uid 10001 bot
COPY --from=builder /opt/venv /opt/venv
COPY --from=builder --chown=bot:bot /opt/models /opt/models
COPY --from=builder --chown=bot:bot /data /data
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data \
    MODELS_DIR=/opt/models \
    LOG_LEVEL=INFO
USER bot
WORKDIR /home/bot
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=60s --timeout=20s --start-period=60s --retries=3 CMD ["python", "-m", "bot", "health"]
# Other commands: `docker run -it … chat`.
ENTRYPOINT ["python", "-m", "bot"]
CMD ["discord"]
