"""The HTTP of every service: one gate for JSON, one form of refusal, one chrome for pages."""
