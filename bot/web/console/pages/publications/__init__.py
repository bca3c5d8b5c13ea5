"""The pages of what is published: before its release and after."""
