"""A back-up is one file: what it holds, a manifest with checksums, and nothing that others read."""
