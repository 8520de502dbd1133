"""Governance documents: what each holds, computed from the workbook; no Word here (docs/contract/documents.md)."""
