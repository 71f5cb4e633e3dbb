"""Doubt: words that are seldom said without reason; alone they call for a clinician the same day."""

from followup.domain.triage.topic import Topic

TOPICS = (
    Topic(
        "doubt",
        r"""
[urgent vital denies fades laughs]
(?:breath|breathe|breathes|breathing|respire|respirer|respiration|souffle|airways?|oxygen|oxygene) !tres_bien|
  super_bien|bien|fine|ok|normalement|normally|well|good|great
(?:suffocat\w*|suffoqu\w*|etouff\w*|chok\w*|wheez\w*|gasp\w*|inhal\w*)
(?:throat|gorge|tongue|swallow\w*|avale|avaler|windpipe) !lozenges?|drops|tied
(?:ma|la) langue
(?:vision|eyesight|aveugle|blind) !board
(?:uncons\w*|inconscien\w*|faint\w*|evanoui\w*|collaps\w*|seizures?|convuls\w*|paraly\w*)
(?:chest|poitrine|heartbeat|palpitat\w*|pulse|pouls)
(?:anaphyl\w*|epipens?|adrenaline|benadryl|ambulances?|ambulanciers?|paramedics?|911|hemorr\w*)
(?:necro\w*|occlu\w*|embol\w*|stroke|avc|septic\w*|sepsis|septicemie)
(?:bleeding|saigne|saignement|saignements|blood|sang)
[urgent self denies laughs]
suicid\w* !squad
(?:overdos\w*|veines|wrists|worthless|hopeless|desespere\w*)
(?:want|veux|wanna|wish) ..2 die|dead|mourir|morte?
""",
    ),
)
