"""The chat model that is configured: LangChain's client for it, within time and budget, and what it costs."""
