"""Telling a problem to whoever asked."""

from aiohttp import web

from bot.web.api.models import ShownFault, ShownProblem
from bot.web.api.problems import FAULTS, MEDIA_TYPE, PROBLEMS, TYPE, ProblemError


def told(problem: ProblemError) -> web.Response:
    """Return the answer that tells of *problem*."""
    text = PROBLEMS[problem.code]
    shown = ShownProblem(
        type=f"{TYPE}{problem.code}",
        code=problem.code,
        status=text.status,
        title=text.title,
        detail=text.detail,
        errors=tuple(
            ShownFault(pointer=fault.pointer, code=fault.code, detail=FAULTS[fault.code])
            for fault in problem.faults
        ),
    )
    return web.Response(
        text=shown.model_dump_json(),
        status=text.status,
        content_type=MEDIA_TYPE,
        charset="utf-8",
        headers=problem.headers,
    )
