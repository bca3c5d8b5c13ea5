"""Texts as Telegram keeps them: HTML, entities, links, keyboards."""
