"""Tools that compile and check the written corpus; none of them uses the library's own extraction."""
