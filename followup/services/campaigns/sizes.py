"""Sizes: how long each person's text is, the longest of them as they would read, and every link."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from sqlalchemy.engine import Connection

from followup.content.templates import Rendered
from followup.domain.campaign.preflight import Sample
from followup.domain.channels.sms import normalise, segments
from followup.domain.errors import TemplateFault
from followup.domain.message import Channel, Message
from followup.services import compose
from followup.services.campaigns.dry import Fate
from followup.services.context import Context
from followup.services.weigh import Weighed

_LINK = re.compile(r"https?://[^\s\"'<>]+")
_MOST = 3
#: A token is one patient's; all have the same length.
_TOKEN = re.compile(r"/[A-Za-z0-9_-]{16,}(?=$|[/?#])")
_NAMED_MOST = 50_000


@dataclass(frozen=True, slots=True)
class Size:
    """What counts of a rendered text."""

    language: str
    segments: int
    encoding: str


@dataclass(slots=True)
class Sizes:
    """Renders each text once for each length of name that occurs; remembers the longest and the links.

    All that differs from person to person in a campaign's text are the name and the tokens of links.
    """

    ctx: Context
    conn: Connection
    links: dict[str, None] = field(default_factory=dict)
    _known: dict[tuple[str, str, str, str], Size | None] = field(default_factory=dict)
    _named: dict[str, bool] = field(default_factory=dict)
    _longest: list[tuple[tuple[int, int], Sample]] = field(default_factory=list)

    @property
    def longest(self) -> tuple[Sample, ...]:
        """The longest texts, longest first."""
        return tuple(sample for _, sample in self._longest)

    def of(self, fate: Fate, variants: Mapping[str, str]) -> Size | None:
        """The size of this person's text; None if it cannot be rendered: the message would be held.

        `variants` names the variant of each version of the text.
        """
        message, weighed, send = fate.message, fate.weighed, fate.send
        assert message is not None
        assert weighed is not None
        assert send is not None
        name = weighed.patient.given_name if weighed.patient and self._is_named(message.template_ref) else ""
        name = outline(name) if send.channel is Channel.SMS else str(bool(name))
        key = (message.template_version, compose.locale(message, weighed), send.channel.value, name)
        if key not in self._known:
            if len(self._known) >= _NAMED_MOST:
                self._known.clear()
            self._known[key] = self._render(message, weighed, variants[message.template_version], channel=send.channel)
        return self._known[key]

    def _is_named(self, ref: str) -> bool:
        """True if a text of this template can show the name at all."""
        if ref not in self._named:
            self._named[ref] = any("given_name" in text for text in self.ctx.templates.files(ref).values())
        return self._named[ref]

    def _render(self, message: Message, weighed: Weighed, variant: str, *, channel: Channel) -> Size | None:
        values = compose.values_for(
            weighed.facts.clinic,
            weighed,
            links=compose.links_of(self.ctx, message),
            public_url=self.ctx.settings.public_url,
        )
        try:
            text = compose.render(self.ctx, self.conn, message, channel=channel, weighed=weighed, values=values)
        except TemplateFault:
            return None
        self._remember(text, variant, channel=channel)
        return Size(text.language, text.segments, text.encoding)

    def _remember(self, text: Rendered, variant: str, *, channel: Channel) -> None:
        for link in _LINK.findall(f"{text.text} {text.html}"):
            self.links.setdefault(shown(link.rstrip(".,;:)")))
        plain = _LINK.sub(lambda link: shown(link[0]), text.text)
        sample = Sample(channel, text.language, variant, text.subject, plain, text.segments, text.encoding)
        if all(sample != other for _, other in self._longest):
            found = [*self._longest, ((text.segments, len(text.text)), sample)]
            self._longest = sorted(found, key=lambda one: one[0], reverse=True)[:_MOST]


def outline(name: str) -> str:
    """The same for names that take the same room in a text; what may not be split at a border stands for itself."""
    size = segments(normalise(name))
    whole = size.doubled or any(ord(letter) > 0xFFFF for letter in name)
    return name if whole else f"{size.encoding} {size.units}"


def shown(link: str) -> str:
    """A link with its token left out, for it is one patient's own."""
    parts = urlsplit(link)
    return link.replace(parts.path, _TOKEN.sub("/…", parts.path), 1) if parts.path else link


def variants_of(templates: Mapping[str, str]) -> dict[str, str]:
    """Version of the text → the key of its variant."""
    return {version: key for key, version in templates.items()}
