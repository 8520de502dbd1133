"""Governance documents as Word files: templates, rendering, and writing without ever replacing a file."""
