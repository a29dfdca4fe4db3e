"""The exit statuses of every command."""

OK = 0
"""Everything was done."""
FAILED = 1
"""Some document failed; which, stands on stderr."""
USAGE = 2
"""Wrong usage."""
INTERRUPTED = 130
"""Ctrl-C or SIGTERM."""
