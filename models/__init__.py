"""Shipped models and their cards."""
