"""Point an unmodified discord.py at the server named in FAKE_DISCORD_URL.

Put this folder on PYTHONPATH of the bot. Nothing of discord.py is imported early: its addresses
are replaced at the moment it loads them.
"""

import os
import sys
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import ModuleType

URL = os.environ.get("FAKE_DISCORD_URL", "")


def redirect_rest(module: ModuleType) -> None:
    """Send REST requests to the fake."""
    module.Route.BASE = f"{URL}/api/v10"


def redirect_gateway(module: ModuleType) -> None:
    """Open the gateway at the fake."""
    address = module.yarl.URL(URL.replace("http", "ws", 1) + "/gateway")
    module.DiscordWebSocket.DEFAULT_GATEWAY = address


REDIRECTS: dict[str, Callable[[ModuleType], None]] = {
    "discord.http": redirect_rest,
    "discord.gateway": redirect_gateway,
}


class RedirectingLoader(SourceFileLoader):
    """Loads a module, then replaces its addresses."""

    def exec_module(self, module: ModuleType) -> None:
        """Run the module as it is, then redirect it."""
        super().exec_module(module)
        REDIRECTS[module.__name__](module)


class RedirectingFinder(MetaPathFinder):
    """Finds the modules that hold an address of Discord."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return a redirecting spec for the modules concerned, and nothing for all others."""
        spec = PathFinder.find_spec(fullname, path, target) if fullname in REDIRECTS else None
        if spec and spec.origin:
            spec.loader = RedirectingLoader(fullname, spec.origin)
        return spec


if URL:
    sys.meta_path.insert(0, RedirectingFinder())
