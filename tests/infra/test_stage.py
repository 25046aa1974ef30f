"""What a stage says of itself is checked before anything is created: a sentence for each thing that does not fit."""

import os
import subprocess
import sys
import tomllib

import pytest

from infra.changes import in_words, lost
from infra.stage import STAGES, RefusedError, read
from infra.template import declared_parameters
from tests.infra.packaged import ROOT, template

EXAMPLE = (STAGES / "example.toml").read_text("utf-8")
FILLED = EXAMPLE.replace('""', '"somebody@forum-cai.example"', 5)
CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/8a6c7b2e-0000-0000-0000-000000000000"


def stage(folder, text, name="preview"):
    (folder / f"{name}.toml").write_text(text, "utf-8")
    return read(name, folder)


def refused(folder, text):
    with pytest.raises(RefusedError) as error:
        stage(folder, text)
    return list(error.value.sentences)


def test_a_filled_example_is_a_stage(tmp_path):
    made = stage(tmp_path, FILLED)

    assert (made.stack, made.keys, made.mode) == ("forum-cai-preview", "/forum-cai/preview/keys", "demonstration")
    given = made.parameters("https://forum-cai.example", "abc1234")
    assert given.keys() <= template()["Parameters"].keys()
    assert {name for name, part in template()["Parameters"].items() if "Default" not in part} <= given.keys()


def test_the_example_as_it_is_names_each_address_that_is_missing(tmp_path):
    assert sorted(refused(tmp_path, EXAMPLE)) == [
        "preview.toml: AlarmMail must be one mail address.",
        "preview.toml: DeskUsers must be mail addresses, separated by commas without spaces.",
        "preview.toml: DpoMail must be one mail address.",
        "preview.toml: Sender must be one mail address.",
        "preview.toml: StaffMail must be one mail address.",
    ]


@pytest.mark.parametrize(
    ("line", "instead", "sentence"),
    [
        ('Mode = "demonstration"', 'Mode = "on"', "Mode must be one of closed, demonstration, open."),
        ('Mode = "demonstration"', 'Mode = ""', "Mode must be one of closed, demonstration, open."),
        ("BudgetInDollars = 30", "BudgetInDollars = 0", "BudgetInDollars must be a number from 1."),
        ("BudgetInDollars = 30", 'BudgetInDollars = "much"', "BudgetInDollars must be a number from 1."),
        ("BudgetInDollars = 30", 'Domain = "forum-cai.example"', "A Domain needs a Certificate."),
        (
            "BudgetInDollars = 30",
            'Certificate = "mine"',
            declared_parameters()["Certificate"]["ConstraintDescription"] + ".",
        ),
        (
            "BudgetInDollars = 30",
            'MailDomain = "forum"',
            declared_parameters()["MailDomain"]["ConstraintDescription"] + ".",
        ),
        (
            "BudgetInDollars = 30",
            'MailDomain = "cai.example"',
            "Sender must be an address at the MailDomain, such as letters@cai.example.",
        ),
        ('region = "eu-central-1"', 'region = "Frankfurt"', "region must be a region of AWS such as eu-central-1."),
        ('region = "eu-central-1"', "", "region must be a region of AWS such as eu-central-1."),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(tmp_path, line, instead, sentence):
    assert line in FILLED
    assert refused(tmp_path, FILLED.replace(line, instead)) == [f"preview.toml: {sentence}"]


def test_a_missing_value_is_told_with_what_it_is_for(tmp_path):
    without = "\n".join(line for line in FILLED.splitlines() if not line.startswith("AlarmMail"))

    assert refused(tmp_path, without) == ["preview.toml: AlarmMail is missing. Who is told when something is wrong."]


@pytest.mark.parametrize("name", ["Sendr", "SiteUrl", "Build", "KeysParameter"])
def test_what_is_misspelt_or_made_by_the_deployment_is_refused(tmp_path, name):
    (sentence,) = refused(tmp_path, FILLED.replace("BudgetInDollars", name))

    assert sentence.startswith(f"preview.toml: {name} is not known; it can be one of ")


@pytest.mark.parametrize("text", ["Sender = ", "\0"])
def test_a_file_that_is_none_is_refused(tmp_path, text):
    (sentence,) = refused(tmp_path, text)

    assert sentence.startswith("preview.toml cannot be read: ")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "STAGE must be a short name in small letters, as in make deploy STAGE=preview."),
        ("../x", "STAGE must be a short name in small letters, as in make deploy STAGE=preview."),
        ("nowhere", "There is no nowhere.toml: copy infra/stages/example.toml to it and fill it in."),
    ],
)
@pytest.mark.parametrize("command", ["deploy", "destroy", "restore", "rotate"])
def test_a_command_without_its_stage_says_so_and_does_nothing(command, name, sentence):
    ran = subprocess.run(
        [sys.executable, "-m", f"infra.{command}", name],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": "backend:."},
    )

    assert (ran.returncode, ran.stderr.strip()) == (1, sentence)


def test_an_own_domain_with_its_certificate_is_a_stage(tmp_path):
    more = f'Domain = "forum-cai.example"\nCertificate = "{CERTIFICATE}"\n'

    assert stage(tmp_path, FILLED + more).given["Domain"] == "forum-cai.example"


def test_the_example_names_every_value_that_a_stage_may_have():
    written = EXAMPLE.replace("# Domain", "Domain").replace("# Certificate", "Certificate").replace("# Mail", "Mail")

    assert tomllib.loads(written)["parameters"].keys() | {"Build", "KeysParameter", "SiteUrl"} == set(
        declared_parameters()
    )


def change(name, action="Modify", replacement="False"):
    return {"LogicalResourceId": name, "ResourceType": "AWS::X", "Action": action, "Replacement": replacement}


def test_changes_are_told_in_words():
    changes = [
        change("Wall"),
        change("Old", "Remove"),
        change("New", "Add"),
        change("Edge", "Modify", "True"),
        change("A"),
    ]

    assert list(in_words(changes)) == [
        "added: New",
        "changed: A, Wall",
        "made anew without what it held: Edge",
        "removed: Old",
    ]


@pytest.mark.parametrize("name", ["Table", "TableKey", "SealKey", "Ledger"])
def test_what_holds_data_may_change_and_never_go(name):
    assert lost([change(name), change("Edge", "Modify", "True"), change("Old", "Remove")]) == []
    assert lost([change(name, "Modify", "True")]) == lost([change(name, "Remove")]) == [name]
