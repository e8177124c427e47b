"""Screening: who may be given a seat, and the lists that go to the vetting office and come back."""
