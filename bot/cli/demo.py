"""`bantin demo`."""

from typing import Annotated

import typer

from bot.cli.options import run_to_end
from bot.demo import run_demo
from bot.runtime import logs


def demo(
    port: Annotated[
        int, typer.Option(help="Port of the chat page; 0 takes a free one.", min=0, max=65535)
    ] = 8080,
) -> None:
    logs.set_up(level="warning", style="text", secrets=())
    run_to_end(run_demo(port=port, announce=typer.echo))
