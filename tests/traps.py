"""200 made-up pairs of sentences: 100 that differ in a negation, number, name or date, 100 with the same content in another form."""

from __future__ import annotations

from collections.abc import Iterator

BASE = (
    "Minister Ada Lind said that Norland will send 1,200 engineers to Sudria on March 8, 2031.",
    "The two sides agreed to hold three rounds of talks in Port Mira before 14 June.",
    "President Tomas Reyes accepts the proposal of Secretary Okafor to cut tariffs by 5.5 percent.",
    "Sudria has ratified the Lakes Treaty and the 40 inspectors are in Norland since Monday.",
    "Lind and Reyes welcomed the release of 17 sailors by the Karun authorities in May 2030.",
    "The United States supports the second corridor and is giving $30 million to the Mira Fund.",
    "Both ministers can confirm that the ceasefire of 2 February holds along the Tarn river.",
    "Okafor told Lind that the agency has enough funds for 1.5 million doses by the end of 2032.",
    "The European Union was present when Vera Sand signed the accord with Norland on 9 October.",
    "They are ready to open four crossings near Halm and to meet again on Tuesday in Osta.",
)

HARMFUL: tuple[tuple[tuple[str, str], ...], ...] = (
    (("will send", "will not send"), ("will send", "won’t send"), ("will send", "will never send"), ("1,200", "1,300"), ("1,200", "12,000"),
     ("Ada Lind", "Ada Lund"), ("Sudria", "Karun"), ("March 8", "March 9"), ("2031", "2032"), ("March", "May")),
    (("agreed to", "agreed not to"), ("agreed", "did not agree"), ("agreed", "refused"), ("three", "two"), ("three", "thirteen"),
     ("Port Mira", "Port Halm"), ("14 June", "15 June"), ("14 June", "14 July"), ("before", "after"), ("three rounds", "no rounds")),
    (("accepts", "does not accept"), ("accepts", "rejects"), ("accepts", "cannot accept"), ("5.5", "5.6"), ("5.5", "55"), ("5.5", "-5.5"),
     ("Tomas Reyes", "Tomas Reyna"), ("Okafor", "Sand"), ("Secretary Okafor", "Secretary Lind"), ("cut", "raise")),
    (("has ratified", "has not ratified"), ("has ratified", "hasn’t ratified"), ("has ratified", "failed to ratify"), ("are in", "are not in"),
     ("40", "14"), ("40", "fifty"), ("Lakes Treaty", "Rivers Treaty"), ("Norland", "Karun"), ("Monday", "Tuesday"), ("Sudria has", "Norland has")),
    (("welcomed", "did not welcome"), ("welcomed", "condemned"), ("17", "70"), ("17", "seven"), ("Lind and Reyes", "Lind and Sand"), ("Karun", "Halm"),
     ("May", "March"), ("2030", "2029"), ("by the Karun", "without the Karun"), ("May 2030", "5 May 2030")),
    (("supports", "opposes"), ("supports", "does not support"), ("supports", "no longer supports"), ("second", "third"), ("$30 million", "$30 billion"),
     ("$30 million", "€30 million"), ("$30", "$13"), ("United States", "United Nations"), ("Mira Fund", "Tarn Fund"), ("is giving", "isn’t giving")),
    (("can confirm", "cannot confirm"), ("can confirm", "can’t confirm"), ("holds", "does not hold"), ("2 February", "3 February"), ("2 February", "2 January"),
     ("Tarn", "Halm"), ("Both ministers", "Neither minister"), ("can confirm", "deny"), ("2 February", "12 February"), ("Tarn river", "Tern river")),
    (("has enough", "has not enough"), ("has enough", "lacks"), ("1.5 million", "1.5 billion"), ("1.5 million", "15 million"), ("1.5", "1.6"),
     ("Okafor told Lind", "Lind told Okafor"), ("Okafor", "Sand"), ("2032", "2033"), ("Lind", "Reyes"), ("has", "hardly has")),
    (("was present", "was not present"), ("was present", "was absent"), ("European Union", "African Union"), ("Vera Sand", "Vera Sandt"), ("Vera", "Nora"),
     ("Norland", "Sudria"), ("9 October", "19 October"), ("9 October", "9 November"), ("signed", "refused to sign"), ("was", "wasn’t")),
    (("are ready", "are not ready"), ("are ready", "aren’t ready"), ("four", "five"), ("four", "14"), ("Halm", "Holm"), ("Tuesday", "Thursday"),
     ("Osta", "Mira"), ("to open", "not to open"), ("are ready", "are unwilling"), ("four", "forty")),
)  # fmt: skip
"""For each base sentence ten replacements that change its content."""

HARMLESS: tuple[tuple[tuple[str, str], ...], ...] = (
    (("1,200", "1200"), ("March 8, 2031", "8 March 2031"), ("March 8, 2031", "8\u00a0March\u00a02031"), ("March 8", "March 8th"), ("will send", "will  send"),
     ("Minister Ada", "minister Ada"), ("that Norland", "that\u202fNorland"), ("send 1,200", "send\n1,200"), ("engineers", "engi\u00adneers"), (".", "")),
    (("three", "3"), ("14 June", "June 14"), ("The two sides", "the two sides"), ("14 June", "the 14th of June"), ("rounds of talks", "rounds  of talks"),
     ("talks in", "talks, in"), ("Port Mira", "Port\u00a0Mira"), ("14 June", "14 June"), ("The two", "The 2"), ("agreed to", "agreed, to")),
    (("5.5 percent", "5.5 per cent"), ("5.5 percent", "5.5%"), ("percent", "per\u00a0cent"), ("the proposal", "a proposal"), ("Secretary", "secretary"),
     ("Tomas", "Tomás"), ("tariffs by", "tariffs – by"), ("cut tariffs", "cut\ttariffs"), ("to cut", "to\u2009cut"), ("President", "president")),
    (("40", "forty"), ("the 40", "40"), ("Lakes Treaty", "“Lakes Treaty”"), ("Treaty and", "Treaty, and"), ("Norland since", "Norland, since"),
     ("the Lakes", "The Lakes"), ("inspectors", "in\u200bspectors"), ("Sudria has", "SUDRIA has"), ("Monday.", "Monday!"), ("ratified the", "ratified  the")),
    (("17", "seventeen"), ("Reyes", "Réyes"), ("the release", "release"), ("the Karun", "Karun"), ("May 2030", "May, 2030"), ("authorities", "Authorities"),
     ("sailors by", "sailors, by"), ("Lind and", "Lind  and"), ("welcomed the", "welcomed\u00a0the"), (".", " .")),
    (("United States", "U.S."), ("The United States", "The United States of America"), ("$30 million", "$30,000,000"), ("$30 million", "$ 30 million"),
     ("the second", "second"), ("second", "2nd"), ("corridor and", "corridor, and"), ("Mira Fund", "“Mira Fund”"), ("the Mira", "The Mira"), ("The United", "the United")),
    (("ceasefire", "cease-fire"), ("ceasefire", "cease\u2011fire"), ("2 February", "February 2"), ("2 February", "2nd February"), ("2 February", "2 Feb."),
     ("the Tarn", "Tarn"), ("holds along", "holds, along"), ("Both ministers", "Both Ministers"), ("river", "River"), ("the ceasefire", "a ceasefire")),
    (("1.5 million", "1,500,000"), ("1.5 million", "1.5\u00a0million"), ("the agency", "the Agency"), ("the end", "end"), ("funds for", "funds – for"),
     ("doses by", "doses, by"), ("has enough", "has  enough"), ("told Lind", "told\nLind"), (".", " "), ("that the", "that\u200b the")),
    (("European Union", "EU"), ("9 October", "October 9"), ("the accord", "an accord"), ("9 October", "9 Oct."), ("Norland on", "Norland, on"),
     ("present when", "present, when"), ("Vera Sand", "Vera\u00a0Sand"), ("The European", "the European"), ("accord", "Accord"), ("9 October", "the 9th of October")),
    (("four", "4"), ("Tuesday", "Tues."), ("crossings near", "crossings, near"), ("near Halm", "near  Halm"), ("They", "they"), ("open four", "open\u00a0four"),
     ("again on", "again, on"), ("Halm and", "Halm, and"), ("Osta.", "Osta!"), ("to meet", "to\u2003meet")),
)  # fmt: skip
"""For each base sentence ten replacements that keep its content."""

AROUND = (
    "The weather delayed the ferry from the northern harbour.",
    "Farmers asked for cheaper seed and better roads.",
)


def iter_traps(harmful: bool) -> Iterator[tuple[str, str]]:
    """Yield (text, text) of the harmful or of the harmless pairs, each with other sentences around it."""
    for sentence, edits in zip(BASE, HARMFUL if harmful else HARMLESS, strict=True):
        for old, new in edits:
            assert old in sentence, (old, sentence)
            changed = sentence.replace(old, new, 1) if old != "." else sentence[:-1] + new
            yield f"{AROUND[0]} {sentence}", f"{changed}\n\n{AROUND[1]}"
