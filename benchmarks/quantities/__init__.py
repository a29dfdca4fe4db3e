"""The number grammar against its peers: speed, cold start, memory, and sixty quantities checked by hand."""
