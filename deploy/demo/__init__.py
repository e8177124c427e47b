"""The Amman course of June 2018, played from outside: only HTTP and what arrives by mail."""
