"""Worker processes for what foreign bytes might make hang, swell or crash."""
