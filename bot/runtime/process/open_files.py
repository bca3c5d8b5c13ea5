"""How many files and connections the process may have open."""

import resource

WANTED = 16_384


def raise_open_files_limit() -> None:
    """Raise the soft limit, often 1,024, as far as the hard one allows and this service can need."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
