"""Embedded mode: the four services, their workers, relays, queue and mailbox in one process."""
