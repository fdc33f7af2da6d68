"""Where negsplit keeps things of its own: the platform's folders, or those that the environment names."""

from __future__ import annotations

import os
from pathlib import Path


def configuration() -> Path:
    """The folder for configuration, or ``NEGSPLIT_CONFIG_DIR``."""
    if override := os.environ.get("NEGSPLIT_CONFIG_DIR"):
        return Path(override)
    from platformdirs import user_config_path

    return user_config_path("negsplit", appauthor=False)


def state() -> Path:
    """The folder for what is remembered from run to run, or ``NEGSPLIT_STATE_DIR``."""
    if override := os.environ.get("NEGSPLIT_STATE_DIR"):
        return Path(override)
    from platformdirs import user_state_path

    return user_state_path("negsplit", appauthor=False)
