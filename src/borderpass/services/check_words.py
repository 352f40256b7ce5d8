"""Can what somebody wrote as a reason be kept? It needs words where a reason is due, and room for them."""

import unicodedata

from borderpass.domain.declined import Declined, Ground

WORDS_MAX_CHARACTERS = 300


def check_words(words: str, ask: str | None) -> Declined | None:
    """Return why a note cannot be kept, or None. `ask` is what to say when it is empty; None where it may be."""
    if ask is not None and not words.strip():
        return Declined(Ground.BAD_FORM, ask)
    if len(words.strip()) > WORDS_MAX_CHARACTERS:
        return Declined(Ground.BAD_FORM, f"shorten the reason to {WORDS_MAX_CHARACTERS} characters")
    if any(unicodedata.category(one) in ("Cc", "Cs") and one not in "\t\r\n" for one in words):
        return Declined(Ground.BAD_FORM, "take the control characters out of the reason")
    return None
