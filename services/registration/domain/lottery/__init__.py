"""The fair lottery: chances as equal as the quotas allow, panels to publish, a draw to check."""
