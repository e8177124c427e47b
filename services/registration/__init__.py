"""Registration: who may take part, from the call for nominations to the confirmed seat."""
