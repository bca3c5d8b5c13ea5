"""What anybody may read who was given its address, and the page for everybody."""

from bot.web.public.addresses import PATH, PhotoAddresses
from bot.web.public.photos import photo_route
from bot.web.public.routes import public_routes
from bot.web.public.site import Door, PublicSite

__all__ = ["PATH", "Door", "PhotoAddresses", "PublicSite", "photo_route", "public_routes"]
