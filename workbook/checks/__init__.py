"""Checks: is an entry sound (spec 2-checks, Checks)?"""
