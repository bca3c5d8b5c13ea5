"""The service in a process of its own, with short leases: its arguments are LEASE and ROLES."""

import sys

from bot import app
from bot.runtime import logs
from bot.runtime.process.event_loop import run_to_end
from bot.services.coordination.leader import LeaseRules
from bot.settings.loading import load_settings
from bot.settings.roles import parse_roles
from tests.outbox_world import TOPIC


def main(lease: float, roles: str) -> None:
    settings = load_settings(None)
    logs.set_up(level="info", style="json", secrets=())
    rules = LeaseRules(lease=lease, beat=lease / 4, margin=lease / 8)
    run_to_end(app.run(settings, [TOPIC], [], roles=parse_roles(roles), lease_rules=rules))


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[2])
