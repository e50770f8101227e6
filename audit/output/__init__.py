"""Audited reports for people and programs: one file per format. Formats print, they never judge."""
