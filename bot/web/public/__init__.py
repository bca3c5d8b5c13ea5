"""What anybody may read who was given its address, and the page for everybody."""

from bot.web.public.addresses import PATH, MediaAddresses, MediaFile
from bot.web.public.media import media_route
from bot.web.public.routes import public_routes
from bot.web.public.site import Door, PublicSite

__all__ = ["PATH", "Door", "MediaAddresses", "MediaFile", "PublicSite", "media_route", "public_routes"]
