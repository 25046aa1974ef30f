"""The templates of the site are compiled once, however many languages there are."""

from jinja2 import DictLoader, Environment

from hooks.compiled import Compiled


class Counting(Environment):
    compiled = 0

    def compile(self, *arguments, **settings):
        Counting.compiled += 1
        return super().compile(*arguments, **settings)


def test_the_environment_of_the_next_language_compiles_nothing_again():
    cache, pages = Compiled(), DictLoader({"page.html": "{{ word }}"})

    said = [
        Counting(loader=pages, bytecode_cache=cache).get_template("page.html").render(word=word)
        for word in ("welcome", "bienvenue")
    ]

    assert said == ["welcome", "bienvenue"]
    assert Counting.compiled == 1
