"""The settings that hold for a command: from configuration files, and from the options that go before them."""

from __future__ import annotations

from torclint.config.discovery import Configurations
from torclint.config.settings import ConfigError, Settings
from torclint.record import TYPE_CHECKING, Protocol
from torclint.rules.selection import codes_of, default_codes, selection_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Given(Protocol):
    """The options that settings come from; None where one is not given."""

    @property
    def config(self) -> str | None: ...
    @property
    def isolated(self) -> bool: ...
    @property
    def min_jobs(self) -> int | None: ...
    @property
    def min_saving(self) -> int | None: ...
    @property
    def torc_version(self) -> str | None: ...


def configurations(
    options: Given, change: Callable[[Settings], Settings] = lambda settings: settings
) -> Configurations:
    """The settings for each path; `change` adds what only this command can say.

    Raises ConfigError and SourceError, and UnknownRule for an option.
    """
    if options.isolated and options.config is not None:
        raise ConfigError("--config names a configuration file, and --isolated uses none: give one of them")
    change(Settings())  # what is wrong with an option is said before any file is looked at
    return Configurations(lambda settings: change(_changed(settings, options)), options.config, options.isolated)


def _changed(settings: Settings, options: Given) -> Settings:
    thresholds = settings.thresholds
    if options.min_jobs is not None:
        thresholds = thresholds._replace(min_jobs=options.min_jobs)
    if options.min_saving is not None:
        thresholds = thresholds._replace(min_saving=options.min_saving)
    return settings._replace(thresholds=thresholds, torc=options.torc_version or settings.torc)


def selected(
    settings: Settings, select: Iterable[str], extend_select: Iterable[str], ignore: Iterable[str]
) -> Settings:
    """The settings with the rules that options name; each of these is a list with commas. Raises UnknownRule."""
    chosen, added, left_out = (codes_in(words) for words in (select, extend_select, ignore))
    if not (chosen or added or left_out):
        return settings
    on = chosen or default_codes() - settings.selection.off | settings.selection.opted_in
    return settings._replace(selection=selection_of((on | added) - left_out))


def codes_in(words: Iterable[str]) -> frozenset[str]:
    """The codes that lists with commas of codes, starts of codes and names stand for. Raises UnknownRule."""
    return codes_of(_split(words))


def _split(words: Iterable[str]) -> list[str]:
    return [part.strip() for word in words for part in word.split(",") if part.strip()]
