"""English that shows where it was translated: every letter accented, everything that is no word left as it is."""

import re
from string import ascii_letters

_ACCENTED = str.maketrans(ascii_letters, "áƀćďéƒǵĥíĵķĺḿńóṕǫŕśťúṽẃẋýźÁƁĆĎÉƑǴĤÍĴĶĹḾŃÓṔǪŔŚŤÚṼẂẊÝŹ")
_PLACE = r"%\(\w+\)[sd]|%%"
_FOREIGN = r'<(?P<tag>\w+)[^<>]*\blang="[^<>]*>.*?</(?P=tag)>'
_MARKUP = r"<[^<>]*>|&#?\w+;|\]\([^()]*\)|https?://\S+"
_JINJA = r"\{\{.*?\}\}|\{%.*?%\}|\{[^{}]*\}"
_TRANSLATED = re.compile(r"^(title|description):(.*)$", re.MULTILINE)


def sentence(text: str) -> str:
    """A sentence of the catalogue, with its places."""
    return _without(_PLACE, text)


def page(markdown: str) -> str:
    """A page with its facts, forms, conditions, links and ids; of its front matter, title and description."""
    _, meta, words = markdown.split("---\n", 2)
    meta = _TRANSLATED.sub(lambda line: f"{line[1]}:{_without(_JINJA, line[2])}", meta)
    return f"---\n{meta}---\n{_without(f'{_JINJA}|{_FOREIGN}|{_MARKUP}', words)}"


def _without(kept: str, text: str) -> str:
    pattern = re.compile(f"(?P<kept>{kept})|[A-Za-z]+", re.DOTALL)
    return pattern.sub(lambda part: part[0] if part["kept"] else part[0].translate(_ACCENTED), text)
