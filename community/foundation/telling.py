"""Words that tell what a place is for: they do not belong on a lock screen, in a mail list or on a printed card."""

import re
import unicodedata
from collections.abc import Set

# English and Spanish, without accents; a longer one is found inside other words too (recover in recovering).
TELLING = """
    12step aa addict adict alcohol ambulatorio anon ansiedad anxiety apoyo bienestar bipolar care clean clinic counsel
    cuidado depres detox drogas drug eating group grupo heal hospital intensiv iop medic mental mentor narc opioid
    outpatient pacient padrino patient peer php program psic psych recaida recover recuper rehab relapse residential
    salud sanar sober sobri sponsor step substance support sustancia terapia therap trastorno tratamiento trauma treat
    wellness
"""
SHORT = {"aa", "php", "iop", "care", "clean", "peer", "step", "anon", "narc", "group", "grupo"}  # whole words only
#: Among people who are in one these are ordinary words: "Tuesday evening group" tells nobody anything.
ORDINARY = frozenset({"group", "grupo", "program"})


def telling_words(text: str) -> Set[str]:
    """The words of ``text`` that tell what the site is for."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in spread if not unicodedata.combining(letter))
    parts = re.findall(r"[a-z0-9]+", plain)
    return {word for word in TELLING.split() for part in parts if part == word or (word not in SHORT and word in part)}
