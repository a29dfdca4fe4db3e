"""The types that everything else speaks in. Imports nothing else of the package."""
