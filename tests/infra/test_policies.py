"""What each function may do in the account: every action and resource is here with its reason, and nothing else is."""

import re

import pytest

from tests.infra.packaged import FUNCTION, of_type, properties

TABLE, INDEX = "Table.Arn", "${Table.Arn}/index/due"
LOG = "log-group:/aws/lambda/${AWS::StackName}-*"
KEYS = "parameter${KeysParameter}"

READS = {("dynamodb:GetItem", TABLE): "a contact, its letters, a job's day", ("dynamodb:Query", TABLE): "the same"}
LISTED = {("dynamodb:Query", INDEX): "what is due, by day"}
WRITES = {
    ("dynamodb:PutItem", TABLE): "bookings and letters, in one transaction",
    ("dynamodb:UpdateItem", TABLE): "states, seats, limits, counts",
    ("dynamodb:ConditionCheckItem", TABLE): "that what a transaction builds on is still so",
}
MANY = {("dynamodb:BatchGetItem", TABLE): "the people of a list, or the sessions of a person, at once"}
LOGS = {
    ("logs:CreateLogStream", LOG): "counts and durations",
    ("logs:PutLogEvents", LOG): "the same",
}
SECRETS = {("ssm:GetParameter", KEYS): "the keys of pointers, links, sign-in and limits"}
SENDS = {
    ("ses:SendEmail", "identity/*"): "letters, as our own sender only",
    ("ses:SendEmail", "configuration-set/${Letters}"): "the same",
    ("ses:SendRawEmail", "identity/*"): "the same, with the calendar file",
    ("ses:SendRawEmail", "configuration-set/${Letters}"): "the same",
}
FIRST_LOOK = {("dynamodb:Scan", INDEX): "the very first run looks for the earliest day; never the table itself"}

ALLOWED = {
    "APIHandler": LOGS
    | SECRETS
    | READS
    | LISTED
    | WRITES
    | MANY
    | {
        ("kms:Encrypt", "SealKey.Arn"): "it closes a social security number, and cannot open one",
        ("lambda:InvokeFunction", "Unseal.Arn"): "it asks the function that can, which looks itself who asks",
    },
    "Deliver": LOGS | SECRETS | READS | MANY | LISTED | FIRST_LOOK | WRITES | SENDS,
    "DeliverAtOnce": LOGS
    | SECRETS
    | READS
    | MANY
    | LISTED
    | FIRST_LOOK
    | WRITES
    | SENDS
    | {
        ("dynamodb:DescribeStream", "Table.StreamArn"): "Lambda reads the stream in its name",
        ("dynamodb:GetRecords", "Table.StreamArn"): "the same",
        ("dynamodb:GetShardIterator", "Table.StreamArn"): "the same",
        ("dynamodb:ListStreams", "*"): "the same; AWS takes no narrower resource",
    },
    "Tell": LOGS | SECRETS | READS | LISTED | WRITES | MANY,
    "Publish": LOGS
    | LISTED
    | {
        ("s3:GetObject", "${Site.Arn}/sessions/*"): "whether the list says something else than before",
        ("s3:PutObject", "${Site.Arn}/sessions/*"): "the lists of dates beside the site",
        ("s3:ListBucket", "Site.Arn"): "without it a list that is not there yet would be forbidden",
    },
    "Remind": LOGS | READS | LISTED | WRITES,
    "Delete": LOGS
    | READS
    | LISTED
    | WRITES
    | MANY
    | FIRST_LOOK
    | {
        ("dynamodb:DeleteItem", TABLE): "what was promised: the contact, its children, its seats, its pointers",
        ("dynamodb:BatchWriteItem", TABLE): "the same, in chunks",
        ("s3:PutObject", "${Ledger.Arn}/erased/*"): "the id of who was erased, which a restore erases again",
    },
    "Unseal": LOGS
    | SECRETS
    | READS
    | {
        ("dynamodb:PutItem", TABLE): "the line of the audit, before anything is opened",
        ("kms:Decrypt", "SealKey.Arn"): "it opens a social security number for who is signed in at the desk",
    },
    "TakeBack": LOGS
    | READS
    | WRITES
    | {
        ("sqs:SendMessage", "Lost.Arn"): "an event that could not be stored waits there",
    },
}


def policy(function):
    (role, _) = properties(function)["Role"]["Fn::GetAtt"]
    (only,) = properties(role)["Policies"]
    assert "ManagedPolicyArns" not in properties(role)
    return only["PolicyDocument"]["Statement"]


def resource(given):
    """As it is called above: its name in the template, or the end of an ARN."""
    if isinstance(given, str):
        return given
    if "Fn::GetAtt" in given:
        return ".".join(given["Fn::GetAtt"])
    text = given["Fn::Sub"]
    return re.sub(r"^arn:\$\{AWS::Partition}:\w+:\$\{AWS::Region}:\$\{AWS::AccountId}:", "", text)


def granted(function):
    statements = policy(function)
    assert {each["Effect"] for each in statements} == {"Allow"}
    return {
        (action, resource(where))
        for each in statements
        for action in each["Action"]
        for where in (each["Resource"] if isinstance(each["Resource"], list) else [each["Resource"]])
    }


def test_every_function_is_in_the_list():
    assert ALLOWED.keys() == of_type(FUNCTION)


@pytest.mark.parametrize("function", ALLOWED)
def test_a_function_may_do_what_is_listed_and_nothing_else(function):
    assert granted(function) == ALLOWED[function].keys()


@pytest.mark.parametrize("function", ALLOWED)
def test_no_action_is_granted_by_a_pattern(function):
    assert not [action for action, _ in granted(function) if "*" in action]


def test_only_the_unsealing_function_can_open_a_seal_and_only_the_web_can_ask_it():
    assert [name for name in ALLOWED if "kms:Decrypt" in dict(granted(name))] == ["Unseal"]
    assert [name for name in ALLOWED if "lambda:InvokeFunction" in dict(granted(name))] == ["APIHandler"]


@pytest.mark.parametrize("function", ALLOWED)
def test_no_function_can_change_keys(function):
    used = {action for action, _ in granted(function) if action.startswith("kms:")}
    assert used <= {"kms:Encrypt", "kms:Decrypt"}
    assert not [action for action, _ in granted(function) if action.startswith("ssm:") and action != "ssm:GetParameter"]


@pytest.mark.parametrize("action", ["dynamodb:DeleteItem", "dynamodb:BatchWriteItem"])
def test_only_the_deletion_function_deletes(action):
    assert [name for name in ALLOWED if action in dict(granted(name))] == ["Delete"]


@pytest.mark.parametrize("function", ["Deliver", "DeliverAtOnce"])
def test_letters_are_sent_as_our_own_sender_only(function):
    (sending,) = (each for each in policy(function) if "ses:SendEmail" in each["Action"])

    assert sending["Condition"] == {"StringEquals": {"ses:FromAddress": {"Ref": "Sender"}}}
