"""`bantin demo`."""

from typing import Annotated

import typer

from bot.cli.options import run_to_end
from bot.demo import LOOPBACK, USUAL_PORT, run_demo
from bot.runtime import logs


def demo(
    host: Annotated[
        str, typer.Option(help="Address of this machine to listen at; who reaches it may do everything.")
    ] = LOOPBACK,
    port: Annotated[
        int | None,
        typer.Option(
            help=f"Port of the chat page; without it {USUAL_PORT}, or a free one if that is taken.",
            min=0,
            max=65535,
        ),
    ] = None,
) -> None:
    logs.set_up(level="warning", style="text", secrets=())
    run_to_end(run_demo(host=host, port=port, announce=typer.echo))
