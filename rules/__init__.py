"""Rules as data: TOML files read by :mod:`indicators.rulebook`."""
