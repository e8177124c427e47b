"""Ingress: what other systems send is received, checked, carried out once, and answered."""
