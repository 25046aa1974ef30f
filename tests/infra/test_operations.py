"""The runbook is true: its commands exist, its links lead somewhere, and each alarm has its page."""

import importlib.util
import re
from fnmatch import fnmatch

import pytest

from chalicelib.domain.log import FIELDS
from tests.infra.packaged import ROOT, of_type

FOLDER = ROOT / "operations"
PAGES = {file.name: file.read_text("utf-8") for file in sorted(FOLDER.glob("*.md"))}
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
SAID = [(page, command) for page, text in PAGES.items() for command in re.findall(r"`([^`\n]+)`", text)]
TASKS = "deploy roll-back rotate-keys close-intake access-request restore end-of-programme"


def test_each_task_has_its_page_and_each_page_is_in_the_list():
    listed = set(re.findall(r"\]\(([a-z-]+\.md)", PAGES["README.md"]))

    assert {f"{task}.md" for task in TASKS.split()} <= listed
    assert PAGES.keys() - {"README.md"} == listed


@pytest.mark.parametrize(("page", "command"), [(page, each) for page, each in SAID if each.startswith("make ")])
def test_a_command_of_make_exists_and_takes_what_it_is_given(page, command):
    _, target, *given = command.split(" ")
    (told,) = re.findall(rf"^{target}:.*## (.*)$", MAKEFILE, re.MULTILINE)

    assert target in TARGETS
    for name, _, _ in (each.partition("=") for each in given):
        assert f"{name}=" in told


def test_a_module_that_is_to_be_run_exists():
    run = [command.split(" ")[2] for _, command in SAID if command.startswith("python -m ")]

    assert [name for name in run if importlib.util.find_spec(name) is None] == []


@pytest.mark.parametrize(
    ("page", "path"), [(page, each) for page, each in SAID if re.match(r"(infra|backend|tests)/", each)]
)
def test_a_file_that_is_named_exists(page, path):
    own = re.sub(r"stages/(STAGE|prod)\.toml", "stages/example.toml", path)  # that of a stage is not kept by git
    assert (ROOT / own.partition("::")[0]).exists()


@pytest.mark.parametrize("page", PAGES)
def test_a_link_leads_to_a_page_and_to_its_heading(page):
    for target in re.findall(r"\]\(([^)]+)\)", PAGES[page]):
        file, _, heading = target.partition("#")
        text = PAGES[file or page]
        headings = [words.strip().lower().replace(" ", "-") for words in re.findall(r"^#+ (.*)$", text, re.MULTILINE)]

        assert not heading or heading in headings


def test_each_alarm_is_in_the_list_and_nothing_else():
    rows = re.findall(r"^\| `([^`]+)` \|.*\]\(", PAGES["README.md"], re.MULTILINE)
    alarms = of_type("AWS::CloudWatch::Alarm") | of_type("AWS::Budgets::Budget")

    for alarm in alarms:
        assert [row for row in rows if fnmatch(alarm, row.replace("…", "*"))], alarm
    for row in rows:
        assert [alarm for alarm in alarms if fnmatch(alarm, row.replace("…", "*"))], row


def test_what_the_logs_are_asked_for_is_what_they_hold():
    (query,) = re.findall(r"fields @timestamp, (.*?) \|", PAGES["alarms.md"])
    assert set(query.split(", ")) <= FIELDS.keys() | {"status", "errorType"}  # the last is what Lambda calls its own
