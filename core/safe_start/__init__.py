"""A start that refuses what would harm silently, and pages that wait when that comes later (docs/operations.md)."""
