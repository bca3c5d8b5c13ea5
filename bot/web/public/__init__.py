"""What anybody may read who was given its address."""

from bot.web.public.addresses import PATH, PhotoAddresses
from bot.web.public.photos import photo_route

__all__ = ["PATH", "PhotoAddresses", "photo_route"]
