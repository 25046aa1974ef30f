"""`make deploy` and `make destroy`, in an account on this machine: what they do, and what they refuse in a sentence."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from shutil import copytree

import boto3
import pytest
import requests
from botocore.config import Config
from botocore.exceptions import WaiterError

from chalicelib.web.headers import kept
from infra.account import account_id, demand_certificate, demand_no_identity, keep_keys, still_to_do
from infra.changes import prepare
from infra.deploy import deploy
from infra.destroy import destroy
from infra.restore import restore
from infra.rotate import rotate
from infra.site import make_known, upload_site
from infra.smoke import smoke
from infra.stage import RefusedError
from infra.standing import NEW, demand_changeable
from tests.infra.packaged import TEMPLATE
from tests.service import SITE
from tests.stack.account import STAGE, edge

pytestmark = pytest.mark.engine

OTHER = replace(STAGE, name="other", given=STAGE.given | {"Sender": "other@forum-cai.example"})
OWN = "forum-cai.example"


def refused(act, *given, **options):
    with pytest.raises(RefusedError) as error:
        act(*given, **options)
    return str(error.value)


def never():
    raise AssertionError("nobody is to be asked")


def test_a_deployment_without_a_domain_learns_its_address_and_says_it(account):
    assert account.url == f"https://{account.outputs['EdgeDomain']}"
    assert account.settings("APIHandler")["CAI_SITE_URL"] == account.url


def test_a_second_deployment_of_the_same_changes_nothing_and_asks_nobody(account, capsys):
    assert deploy(STAGE, "test", replace(account.hands, agrees=never)) == account.url

    assert "The stack is as it should be already." in capsys.readouterr().out


def test_what_changes_is_shown_and_nothing_does_without_a_yes(account, capsys):
    before = account.settings("APIHandler")

    assert refused(deploy, STAGE, "newer", replace(account.hands, agrees=lambda: False)) == "Nothing was changed."

    told = capsys.readouterr().out
    assert "What changes in forum-cai-test:" in told and "APIHandler" in told
    assert account.settings("APIHandler") == before


def test_the_keys_of_a_stage_stay_when_it_is_deployed_again(account):
    ssm = account.engine.client("ssm")
    before = ssm.get_parameter(Name=STAGE.keys, WithDecryption=True)["Parameter"]

    keep_keys(STAGE, ssm)

    assert ssm.get_parameter(Name=STAGE.keys, WithDecryption=True)["Parameter"]["Value"] == before["Value"]
    assert before["Type"] == "SecureString"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("lb/404.html", "text/html; charset=utf-8"),
        ("assets/mark.svg", "image/svg+xml; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
    ],
)
def test_each_file_of_the_site_is_there_with_its_type_and_for_how_long_it_is_kept(account, name, kind):
    found = account.engine.client("s3").get_object(Bucket=account.outputs["SiteBucket"], Key=name)

    assert (found["ContentType"], found["CacheControl"]) == (kind, kept(f"/{name}"))
    assert found["Body"].read() == (SITE / name).read_bytes()


def test_what_is_no_more_is_taken_away_and_the_dates_stay(account, tmp_path):
    s3 = account.engine.client("s3")
    s3.create_bucket(Bucket="small-site", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    for name in ("gone.html", "sessions/information.json"):
        s3.put_object(Bucket="small-site", Key=name, Body=b"before")
    (tmp_path / "index.html").write_text("new")

    assert upload_site(s3, "small-site", tmp_path) == 1

    listed = s3.list_objects_v2(Bucket="small-site")["Contents"]
    assert [each["Key"] for each in listed] == ["index.html", "sessions/information.json"]


def test_a_stage_that_answers_as_it_should_passes_the_smoke_test(account):
    with edge(account) as url:
        assert list(smoke(url, "demonstration", "test")) == []


def test_the_smoke_test_names_what_is_wrong(account):
    with edge(account, {"/de/": {"X-Content-Type-Options": "sniff"}, "/fr/": {"status": 503}}) as url:
        told = list(smoke(url, "closed", "newer"))

    assert "/fr/ is answered 503 instead of 200 in fr" in told
    assert "/de/ comes with the wrong X-Content-Type-Options" in told
    assert "/api/health says that the mode is demonstration instead of closed" in told
    assert "/api/health says that the build is test instead of newer" in told
    assert len(told) == 4


def test_nobody_deploys_without_being_known(account):
    def nobody(service, *_):
        return boto3.session.Session().client(service, region_name="eu-central-1", config=Config(proxies={}))

    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AWS_EC2_METADATA_DISABLED", "true")
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
            environment.delenv(name, raising=False)
        for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
            environment.setenv(name, "nowhere")
        told = refused(account_id, nobody)

    assert told.startswith("AWS does not know who is asking (NoCredentialsError): set AWS_PROFILE, or sign in")


def with_certificate(account, domain, named=OWN):
    acm = account.engine.client("acm")
    arn = acm.request_certificate(DomainName=named, ValidationMethod="DNS")["CertificateArn"]
    return replace(STAGE, given=STAGE.given | {"Domain": domain, "Certificate": arn})


@pytest.mark.parametrize(("domain", "named"), [(OWN, OWN), (f"www.{OWN}", f"*.{OWN}")])
def test_a_domain_with_its_certificate_is_taken(account, domain, named):
    demand_certificate(with_certificate(account, domain, named), account.hands.clients)


def test_a_certificate_for_another_domain_or_none_is_refused(account):
    other = with_certificate(account, "another.example")
    none = replace(STAGE, given=other.given | {"Certificate": other.given["Certificate"][:-4] + "0000"})

    assert refused(demand_certificate, other, account.hands.clients) == (
        "The Certificate is for forum-cai.example, not for another.example."
    )
    assert refused(demand_certificate, none, account.hands.clients) == (
        "The Certificate is not in us-east-1 of this account: ask for one for another.example there."
    )


def test_what_ses_has_already_is_no_identity_for_a_new_stack(account):
    ses = account.engine.client("sesv2")

    demand_no_identity(OTHER, ses)

    assert refused(deploy, replace(STAGE, name="third"), "test", account.hands) == (
        "SES in eu-central-1 has the identity noreply@forum-cai.example already, and each stack makes its own: "
        "give this stage another Sender, or delete the identity if nothing sends by it."
    )


class New:
    """An account as it is at the beginning: nothing verified, SES in its sandbox, and little of Lambda at once."""

    def __init__(self, verified=False, at_once=10):
        self.verified, self.at_once = verified, at_once

    def __call__(self, service):
        assert service in ("sesv2", "lambda")
        return self

    def get_email_identity(self, **_):
        return {"VerifiedForSendingStatus": self.verified}

    def get_account(self):
        return {"ProductionAccessEnabled": self.verified}

    def get_account_settings(self):
        return {"AccountLimit": {"ConcurrentExecutions": self.at_once}}


def test_what_is_still_to_do_is_told(account):
    own = replace(STAGE, given=STAGE.given | {"Domain": OWN, "MailDomain": OWN})

    assert list(still_to_do(STAGE, account.outputs, New(verified=True, at_once=100))) == []
    assert list(still_to_do(STAGE, account.outputs, New())) == [
        "SES does not send as noreply@forum-cai.example yet: "
        "open the letter that it has sent there and follow its link. Letters wait for 72 hours.",
        "SES sends to verified addresses only: ask for production access in its console.",
        "Lambda runs only 10 functions at once in this account: ask AWS for 100 or more.",
    ]
    assert list(still_to_do(own, account.outputs, New(at_once=100)))[::2] == [
        "SES does not send as forum-cai.example yet: publish the records that the outputs of the stack name."
        " Letters wait for 72 hours.",
        f"forum-cai.example must lead to {account.outputs['EdgeDomain']}: "
        "publish a CNAME or an alias record, if it does not yet.",
    ]


def buckets(account):
    return [each["Name"] for each in account.engine.client("s3").list_buckets()["Buckets"]]


def code_bucket(account):
    (bucket,) = (name for name in buckets(account) if name.startswith("forum-cai-code-"))
    return bucket


def tables_of(account, stage):
    return [name for name in account.engine.client().list_tables()["TableNames"] if name.startswith(stage.stack)]


# It waits for a word that nobody says.
IMPOSSIBLE = {
    "Handle": {"Type": "AWS::CloudFormation::WaitConditionHandle"},
    "Impossible": {
        "Type": "AWS::CloudFormation::WaitCondition",
        "DependsOn": ["Table", "SealKey", "Ledger", "Site"],
        "Properties": {"Handle": {"Ref": "Handle"}, "Timeout": "1"},
    },
}


def broken(account, folder):
    """Hands that bring a package whose template cannot be made."""
    package, site = account.hands.build("", "")
    copy = folder / "package"
    copytree(package, copy)
    written = json.loads((package / TEMPLATE.name).read_text("utf-8"))
    (copy / TEMPLATE.name).write_text(json.dumps(written | {"Resources": written["Resources"] | IMPOSSIBLE}), "utf-8")
    return replace(account.hands, build=lambda *_: (copy, site))


def test_what_a_first_deployment_that_fails_leaves_is_said_and_taken_away(account, tmp_path):
    stage = replace(OTHER, name="first")
    before, kms = buckets(account), account.engine.client("kms")
    keys = {each["KeyId"] for each in kms.list_keys()["Keys"]}

    why, failed, helps = refused(deploy, stage, "test", broken(account, tmp_path)).splitlines()

    assert why == "CloudFormation could not do all of it:"
    assert failed.startswith("  Impossible: ")
    assert helps == (
        "forum-cai-first can only be changed once it is put right (ROLLBACK_COMPLETE): run make destroy STAGE=first, "
        "which takes away what is left of it, then make deploy STAGE=first."
    )
    assert refused(deploy, stage, "test", replace(account.hands, agrees=never)) == helps
    unfinished = "No stack forum-cai-first in eu-central-1 was ever finished: make deploy STAGE=first."
    assert refused(restore, stage, datetime.now(UTC), account.hands.clients, never, 0) == unfinished
    assert refused(rotate, stage, "links", account.hands.clients, drop=False) == unfinished
    assert buckets(account) == before
    new = {each["KeyId"] for each in kms.list_keys()["Keys"]} - keys
    states = {key: kms.describe_key(KeyId=key)["KeyMetadata"] for key in new}
    assert sorted((each["Description"][:5], each["KeyState"]) for each in states.values()) == [
        ("Encry", "Enabled"),
        ("Seals", "PendingDeletion"),
    ]
    assert len(tables_of(account, stage)) == 1

    left = destroy(stage, account.hands.clients, lambda: True)

    assert [line.partition(" with")[0].partition(" in")[0] for line in left] == [
        "the keys",
        f"the bucket {code_bucket(account)}",
    ]
    assert tables_of(account, stage) == []
    assert refused(destroy, stage, account.hands.clients, never) == "There is no stack forum-cai-first in eu-central-1."


def test_a_later_deployment_that_fails_says_why_and_leaves_all_as_it_was(account, tmp_path):
    before = account.settings("APIHandler")

    told = refused(deploy, STAGE, "newer", broken(account, tmp_path)).splitlines()

    assert told[1].startswith("  Impossible: ")
    assert told[2:] == ["forum-cai-test goes back to what it was before."]
    assert account.settings("APIHandler") == before


def test_a_stack_of_which_nothing_was_made_is_taken_away_or_deployed_again(account):
    stage = replace(OTHER, name="reviewed")
    refused(deploy, stage, "test", replace(account.hands, agrees=lambda: False))

    demand_changeable(account.engine.client("cloudformation"), stage)
    destroy(stage, account.hands.clients, lambda: True)

    assert refused(destroy, stage, account.hands.clients, never).startswith("There is no stack forum-cai-reviewed")


class Forgetful:
    """CloudFront, which takes for ever to forget."""

    def create_invalidation(self, **_):
        return {"Invalidation": {"Id": "one"}}

    def get_waiter(self, _):
        return self

    def wait(self, **_):
        raise WaiterError("invalidation_completed", "Max attempts exceeded", {})


def test_an_edge_that_does_not_forget_is_said():
    assert refused(make_known, Forgetful(), "edge") == (
        "CloudFront still shows what it kept: wait, then run make deploy again."
    )


class Unchanged:
    """CloudFormation, which says in one of its ways that nothing would change."""

    def __init__(self, reason):
        self.reason = reason
        self.exceptions = boto3.client("cloudformation", region_name="eu-central-1").exceptions

    def describe_stacks(self, **_):
        return {"Stacks": [{"StackStatus": "CREATE_COMPLETE"}]}

    def create_change_set(self, **_):
        self.there = True

    def get_waiter(self, _):
        return self

    def wait(self, **_):
        raise WaiterError("change_set_create_complete", "it failed", {"StatusReason": self.reason})

    def delete_change_set(self, **_):
        self.there = False


@pytest.mark.parametrize(
    "reason",
    [
        "The submitted information didn't contain changes. Submit different information to create a change set.",
        "No updates are to be performed.",
    ],
)
def test_a_stack_that_is_as_it_should_be_is_left_alone(reason):
    cloudformation = Unchanged(reason)

    assert prepare(cloudformation, STAGE.stack, "https://code.example", {}, "deploy-1") == []
    assert not cloudformation.there


def test_a_change_that_cannot_be_made_is_said():
    told = refused(prepare, Unchanged("Template error"), STAGE.stack, "https://code.example", {}, "deploy-1")

    assert told == "CloudFormation cannot say what would change: Template error"


class Formation:
    """CloudFormation that says of a stack how it stands."""

    def __init__(self, status):
        self.status = status

    def describe_stacks(self, **_):
        return {"Stacks": [{"StackStatus": self.status}]}


@pytest.mark.parametrize(
    ("status", "helps"),
    [
        ("UPDATE_IN_PROGRESS", "wait until that is done, then try again."),
        ("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "wait until that is done, then try again."),
        ("CREATE_FAILED", "run make destroy STAGE=test, which takes away what is left of it"),
        ("ROLLBACK_FAILED", "run make destroy STAGE=test, which takes away what is left of it"),
        ("DELETE_FAILED", "run make destroy STAGE=test, which takes away what is left of it"),
        ("UPDATE_ROLLBACK_FAILED", "choose Continue update rollback in CloudFormation, then deploy again."),
    ],
)
def test_a_stack_that_takes_no_change_says_what_helps(status, helps):
    told = refused(demand_changeable, Formation(status), STAGE)

    assert told.startswith("forum-cai-test ") and status in told and helps in told
    assert "\n" not in told


@pytest.mark.parametrize("status", ["CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", NEW])
def test_a_stack_at_rest_is_taken(status):
    demand_changeable(Formation(status), STAGE)


def test_a_stage_with_contacts_is_not_destroyed(account):
    table = account.outputs["TableName"]
    someone = {"pk": {"S": "CONTACT#kept"}, "sk": {"S": "CONTACT"}}
    account.engine.client().put_item(TableName=table, Item=someone)

    told = refused(destroy, STAGE, account.hands.clients, never)

    account.engine.client().delete_item(TableName=table, Key=someone)
    assert told.startswith("The table of test holds contacts, who were promised to hear from us: nothing was changed.")


class HinderedOnce:
    """CloudFormation, which cannot take a stack away at first: a function has written into a bucket meanwhile."""

    def __init__(self, real):
        self.real, self.tried = real, 0

    def __getattr__(self, name):
        return getattr(self.real, name)

    def delete_stack(self, **named):
        self.tried += 1
        if self.tried > 1:
            self.real.delete_stack(**named)

    def get_waiter(self, name):
        return self if self.tried == 1 else self.real.get_waiter(name)

    def wait(self, **_):
        raise WaiterError("stack_delete_complete", "BucketNotEmpty", {})


def test_a_stage_without_contacts_goes_once_somebody_says_yes(account):
    deploy(OTHER, "test", account.hands)
    assert refused(destroy, OTHER, account.hands.clients, lambda: False) == "Nothing was changed."
    formation = HinderedOnce(account.engine.client("cloudformation"))

    ledger, keys, code = destroy(
        OTHER, lambda name: formation if name == "cloudformation" else account.engine.client(name), lambda: True
    )

    assert formation.tried == 2
    assert ledger.startswith("the bucket forum-cai-other-ledger-") and ledger.endswith("which forgets them by itself")
    assert "/forum-cai/other/keys" in keys
    bucket = code_bucket(account)
    assert code.startswith(f"the bucket {bucket} with the code") and code.endswith(f"aws s3 rb s3://{bucket} --force")
    assert refused(destroy, OTHER, account.hands.clients, never) == "There is no stack forum-cai-other in eu-central-1."
    tables = account.engine.client().list_tables()["TableNames"]
    assert not [name for name in tables if name.startswith("forum-cai-other")]
    assert account.ask("GET", "/api/health").status_code == requests.codes.ok
