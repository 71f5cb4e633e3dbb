"""One text for several treatments of one day: every block once, in the order given."""

from pathlib import Path

import pytest

from followup.content.merged import Block
from followup.content.samples import SAMPLE
from followup.content.templates import Rendered, Templates
from followup.domain.message import Channel
from tests.content.texts import source

SIGNS = "## When to call\n\nCall 911, else {{ clinic_phone }}."
TEXTS = {
    "peel/day-1": f"Peel: rest.\n\n## Sun\n\nNo sun.\n\n{SIGNS}",
    "laser/day-1": f"Laser: cool it.\n\n## Sun\n\nNo sun for {{{{ session }}}} weeks.\n\n{SIGNS}",
}
TITLES = {"peel": {"en-CA": "Peel", "fr-CA": "Exfoliation"}, "laser": {"en-CA": "Laser", "fr-CA": "Laser doux"}}


@pytest.fixture
def texts(tmp_path: Path) -> Templates:
    for ref, body in TEXTS.items():
        home = tmp_path / "messages" / ref
        home.mkdir(parents=True)
        for language in ("en-CA", "fr-CA"):
            (home / f"{language}.j2").write_text(source(body=body), encoding="utf-8")
    return Templates(tmp_path)


def merged(texts: Templates, *keys: str, channel: Channel = Channel.EMAIL, locale: str = "en-CA") -> Rendered:
    blocks = [
        Block(f"{key}/day-1", texts.version(f"{key}/day-1"), TITLES[key], {"session": 3 + n})
        for n, key in enumerate(keys)
    ]
    return texts.render(
        blocks[0].ref, version=blocks[0].version, locale=locale, channel=channel, values=SAMPLE, fallback="en-CA",
        blocks=blocks,
    )  # fmt: skip


def test_a_mail_has_every_block_in_order(texts: Templates) -> None:
    text = merged(texts, "laser", "peel").text
    assert text.index("Laser: cool it.") < text.index("Peel: rest.")
    assert text.count("Laser\n") == text.count("Peel\n") == 1


def test_what_blocks_say_alike_stands_once(texts: Templates) -> None:
    text = merged(texts, "laser", "peel").text
    assert text.count("Call 911, else 905-555-0142.") == 1
    assert text.count("No sun") == 2


def test_each_block_has_values_of_its_own(texts: Templates) -> None:
    first, second = merged(texts, "laser", "peel").text, merged(texts, "peel", "laser").text
    assert "No sun for 3 weeks." in first
    assert "No sun for 4 weeks." in second


def test_a_text_message_is_short_and_names_nothing(texts: Templates) -> None:
    sms = merged(texts, "laser", "peel", channel=Channel.SMS)
    assert sms.segments <= 2
    assert str(SAMPLE["link"]) in sms.text
    assert "911" in sms.text
    assert not {"laser", "peel"} & set(sms.text.lower().split())


def test_headings_are_in_the_patients_language(texts: Templates) -> None:
    assert "Exfoliation" in merged(texts, "peel", "laser", locale="fr-CA").text


def test_the_page_behind_it_has_all_blocks(texts: Templates) -> None:
    blocks = [Block(ref, texts.version(ref), {"en-CA": ref}, {"session": 2}) for ref in TEXTS]
    html = texts.full_text("peel/day-1", version="", locale="en-CA", values=SAMPLE, blocks=blocks).html
    assert html.index("Peel: rest.") < html.index("Laser: cool it.")
