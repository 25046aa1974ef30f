"""Our scripts lose what a browser does not need, and nothing else."""

import pytest

from hooks.scripts import lean, write_scripts


@pytest.mark.parametrize(
    ("script", "leaner"),
    [
        ("// why\n\nlet a = 1;\n\n  // because\n  a();\n", "let a = 1;\na();\n"),
        ('fetch("https://a.example"); // why\n', 'fetch("https://a.example"); // why\n'),
    ],
)
def test_a_script_has_no_comments_on_lines_of_their_own_and_no_indents(script, leaner):
    assert lean(script) == leaner


def test_a_script_is_written_under_a_name_of_its_content(tmp_path):
    written = write_scripts(tmp_path)

    assert all((tmp_path / path[1:]).is_file() for path in written.values())
    assert written["/assets/search.js"] != "/assets/search.js"
