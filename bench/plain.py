"""A stand-in for the i18n plugin, for the peer of bench/build.py: every page of one plain site in English."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin


class OneLanguage(BasePlugin):  # type: ignore[type-arg]
    current_language = "en"
    building = False


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    config.plugins["i18n"] = OneLanguage()
    return config
