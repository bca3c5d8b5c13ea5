"""`bantin demo`."""

from typing import Annotated

import typer

from bot.cli.base.options import run_to_end
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
    allow_private: Annotated[
        list[str] | None,
        typer.Option(
            help="A private address whose feeds the bot may read, as 127.0.0.1:9000; may be repeated.",
            metavar="HOST[:PORT]",
        ),
    ] = None,
) -> None:
    logs.set_up(level="warning", style="text", secrets=())
    run_to_end(run_demo(host=host, port=port, allow_private=allow_private or (), announce=typer.echo))
