"""The four services, each a bounded context of its own."""
