"""Texts read aloud, offline: a speech engine and an audio encoder, in a process of their own.

The engine espeak-ng is under the GPL: it is an optional extra, never part of this process, and is reached by
a pipe alone.
"""
