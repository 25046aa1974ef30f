"""Long words that may part at their joints, for browsers that know no hyphenation of the language."""

import re

# Integratiouns|kontrakt, Orientéierungs|dag, Sozialversécherungs|nummer
_LUXEMBOURGISH = r"(\w{4,}(?:iouns|ungs|heets|keets|téits))(?=\w{3,})"
# Integrations|vertrag, Anwesenheits|liste, and the first parts of other long words of our pages
_GERMAN = (
    r"(\w{4,}(?:ions|ungs|heits|keits|täts)(?=\w{3,})"
    r"|\b(?:anmelde|aufenthalts|beschwerde|datenschutz|empfangs|familien|pflicht|staats|teilnahme)(?=\w{5,}))"
)
_JOINTS = {"lb": re.compile(_LUXEMBOURGISH), "de": re.compile(_GERMAN, re.IGNORECASE)}
_TYPED_OR_SHOWN = re.compile(r"<textarea.*?</textarea>|>[^<]+", re.DOTALL)


def with_joints(html: str, language: str) -> str:
    """HTML whose text has soft hyphens at the joints; what somebody typed stays as it is."""
    if language not in _JOINTS:
        return html
    return _TYPED_OR_SHOWN.sub(lambda part: part[0] if part[0][0] == "<" else jointed(part[0], language), html)


def jointed(text: str, language: str) -> str:
    """The same for text that is escaped already."""
    return _JOINTS[language].sub("\\1&shy;", text) if language in _JOINTS else text
