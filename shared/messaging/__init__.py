"""How facts travel: outbox, relay, transport, dispatcher, inbox, deferred events, jobs."""
