"""Back-up and restore of an installation whose services run apart."""
