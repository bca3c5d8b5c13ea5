"""The API for programs, as the content management system of an agency: what it offers, and to whom."""

from bot.web.api.operation import ApiContext
from bot.web.api.routes import PATH, api_routes

__all__ = ["PATH", "ApiContext", "api_routes"]
