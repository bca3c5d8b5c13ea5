"""The sample agency's photos: flat scenes, drawn by us, so that nothing of anyone else's is shown."""
