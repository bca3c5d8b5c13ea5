"""The control API: what tests, benches and the chat page tell the emulator, and ask of it."""
