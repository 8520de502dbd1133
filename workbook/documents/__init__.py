"""Governance documents: what each holds, computed from the workbook; no Word here (spec 3-documents)."""
