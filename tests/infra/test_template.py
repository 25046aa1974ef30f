"""The stack that is deployed: what no local engine shows is held here against the packaged template."""

import json
import re

import pytest
from app import RETURNED

from chalicelib.domain.language import LANGUAGES
from chalicelib.programme import facts
from chalicelib.storage.table import definition
from chalicelib.web.headers import EVERY_ANSWER, SEARCH_PATHS, headers_of
from chalicelib.words.catalogues import words
from tests.infra.packaged import FUNCTION, of_type, properties, template

FUNCTIONS = sorted(of_type(FUNCTION))


def test_there_is_a_function_for_the_web_for_each_schedule_and_for_each_event():
    assert set(FUNCTIONS) == {
        *("APIHandler", "Deliver", "DeliverAtOnce", "Tell", "Publish", "Remind", "Delete", "TakeBack", "Unseal"),
    }


@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_function_runs_on_the_processor_and_python_that_it_was_packaged_for(name):
    function = properties(name)

    assert (function["Runtime"], function["Architectures"], function["Tracing"]) == (
        "python3.13",
        ["arm64"],
        "PassThrough",
    )


def test_no_two_functions_share_a_role():
    roles = [json.dumps(properties(name)["Role"]) for name in FUNCTIONS]

    assert len(set(roles)) == len(FUNCTIONS)


@pytest.mark.parametrize("name", sorted(of_type("AWS::Logs::LogGroup")))
def test_each_log_is_of_a_function_that_is_there_and_kept_as_long_as_readers_are_told(name):
    group = properties(name)
    (function,) = re.findall(r"\$\{(\w+)\}", group["LogGroupName"]["Fn::Sub"])

    assert function in FUNCTIONS
    assert group["RetentionInDays"] == facts.load().number("privacy.log_kept_days")


def test_each_function_has_its_log():
    assert len(of_type("AWS::Logs::LogGroup")) == len(FUNCTIONS)


def test_the_table_is_the_one_that_the_tests_use_and_kept_safe():
    table, expected = properties("Table"), definition("")

    assert {name: table[name] for name in expected if name != "TableName"} == {
        name: value for name, value in expected.items() if name != "TableName"
    }
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires", "Enabled": True}
    assert table["PointInTimeRecoverySpecification"] == {
        "PointInTimeRecoveryEnabled": True,
        "RecoveryPeriodInDays": facts.load().number("privacy.backups_kept_days"),
    }
    assert table["DeletionProtectionEnabled"] is True
    assert table["SSESpecification"]["SSEType"] == "KMS"
    assert table["StreamSpecification"] == {"StreamViewType": "KEYS_ONLY"}


@pytest.mark.parametrize(
    ("name", "policy"),
    [
        ("Table", "Retain"),  # its protection would let a first deployment that fails not even go back
        ("TableKey", "Retain"),
        ("SealKey", "RetainExceptOnCreate"),
        ("Ledger", "RetainExceptOnCreate"),
    ],
)
def test_what_cannot_be_made_anew_stays_when_the_stack_goes(name, policy):
    resource = template()["Resources"][name]

    assert (resource["DeletionPolicy"], resource["UpdateReplacePolicy"]) == (policy, "Retain")


def test_nothing_else_stays_when_the_stack_goes():
    kept = {name for name, each in template()["Resources"].items() if each.get("DeletionPolicy", "Delete") != "Delete"}

    assert kept == {"Table", "TableKey", "SealKey", "Ledger"}


def test_the_ledger_forgets_after_the_days_that_readers_are_told():
    (rule,) = properties("Ledger")["LifecycleConfiguration"]["Rules"]

    assert rule["ExpirationInDays"] == facts.load().number("privacy.ledger_kept_days")
    assert rule["ExpirationInDays"] > properties("Table")["PointInTimeRecoverySpecification"]["RecoveryPeriodInDays"]


@pytest.mark.parametrize("name", sorted(of_type("AWS::S3::Bucket")))
def test_no_bucket_is_public(name):
    assert set(properties(name)["PublicAccessBlockConfiguration"].values()) == {True}


def test_the_api_is_regional_logs_no_address_and_is_throttled():
    api = properties("RestAPI")
    (settings,) = api["MethodSettings"]

    assert (api["EndpointConfiguration"], api["StageName"]) == ("REGIONAL", "api")
    assert (settings["LoggingLevel"], settings["DataTraceEnabled"]) == ("OFF", False)
    assert "AccessLogSetting" not in api
    assert settings["ThrottlingRateLimit"] > 0


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "status", "title"),
    [
        ("MISSING_AUTHENTICATION_TOKEN", 404, "This page does not exist, or not any more"),
        ("REQUEST_TOO_LARGE", 413, "The form is too large"),
        ("THROTTLED", 429, "The service is busy"),
        ("DEFAULT_5XX", 503, "The service is busy"),
    ],
)
def test_the_gateway_answers_in_our_words(name, status, title, language):
    answer = properties("RestAPI")["GatewayResponses"][name]

    assert answer["StatusCode"] == status
    assert answer["ResponseParameters"]["Headers"]["Cache-Control"] == "'no-store'"
    for page in answer["ResponseTemplates"].values():
        assert words(language).gettext(title) in page
        assert "$" not in page
        assert len(page) < 8192


def sent(policy):
    """What a policy of the edge adds to an answer."""
    config = properties(policy)["ResponseHeadersPolicyConfig"]
    security = config["SecurityHeadersConfig"]
    transport = security["StrictTransportSecurity"]
    subdomains = "; includeSubDomains" if transport["IncludeSubdomains"] else ""
    assert all(part["Override"] for part in security.values())
    return {
        "Content-Security-Policy": security["ContentSecurityPolicy"]["ContentSecurityPolicy"],
        "Strict-Transport-Security": f"max-age={transport['AccessControlMaxAgeSec']}{subdomains}",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": security["ReferrerPolicy"]["ReferrerPolicy"],
    } | {each["Header"]: each["Value"] for each in config.get("CustomHeadersConfig", {}).get("Items", [])}


def behaviours():
    config = properties("Edge")["DistributionConfig"]
    return {"": config["DefaultCacheBehavior"]} | {each["PathPattern"]: each for each in config["CacheBehaviors"]}


def test_the_edge_sends_the_headers_of_the_one_table():
    assert sent("PageHeaders") == EVERY_ANSWER
    for path in SEARCH_PATHS:
        assert sent("SearchHeaders") == headers_of(path)


def test_each_way_through_the_edge_has_headers_and_only_the_search_has_its_own():
    policies = {path: each["ResponseHeadersPolicyId"]["Ref"] for path, each in behaviours().items()}

    assert policies == {"": "PageHeaders", "/api/*": "PageHeaders", "*/search/": "SearchHeaders"}
    assert all(path.endswith("/search/") for path in SEARCH_PATHS)


def test_answers_of_the_api_are_never_kept_and_pages_are_compressed():
    edge = behaviours()

    assert edge["/api/*"]["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"  # CachingDisabled
    assert edge[""]["Compress"] is True
    accepted = properties("Caching")["CachePolicyConfig"]["ParametersInCacheKeyAndForwardedToOrigin"]
    assert (accepted["EnableAcceptEncodingBrotli"], accepted["EnableAcceptEncodingGzip"]) == (True, True)
    assert properties("Edge")["DistributionConfig"]["HttpVersion"] == "http2and3"


def test_no_error_of_the_api_is_replaced_by_a_page_of_the_edge_or_kept_for_others():
    codes = (400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504)  # all that CloudFront would keep

    assert properties("Edge")["DistributionConfig"]["CustomErrorResponses"] == [
        {"ErrorCode": code, "ErrorCachingMinTTL": 0} for code in codes
    ]


def test_nothing_is_logged_at_the_edge_where_addresses_hold_tokens():
    assert "Logging" not in properties("Edge")["DistributionConfig"]
    assert not of_type("AWS::WAFv2::LoggingConfiguration")


def test_the_wall_asks_for_the_secret_before_all_else():
    rules = sorted(properties("Wall")["Rules"], key=lambda rule: rule["Priority"])
    asked = rules[0]["Statement"]["NotStatement"]["Statement"]["ByteMatchStatement"]

    assert [rule["Name"] for rule in rules] == ["NotFromTheEdge", "TooLarge", "TooMany"]
    assert asked["FieldToMatch"] == {"SingleHeader": {"Name": "x-origin-secret"}}
    assert properties("WallBeforeTheApi")["ResourceArn"]["Fn::Sub"].endswith("/restapis/${RestAPI}/stages/api")


@pytest.mark.parametrize("name", ["Addresses", "NotFound", "Reader"])
def test_a_function_of_the_edge_is_as_small_as_cloudfront_takes(name):
    assert len(properties(name)["FunctionCode"].encode()) < 10_240


def parameters():
    return template()["Parameters"]


@pytest.mark.parametrize("name", sorted(parameters()))
def test_each_parameter_refuses_what_cannot_be_one(name):
    parameter = parameters()[name]
    if parameter["Type"] == "Number":
        assert parameter["MinValue"] > 0
        return
    allowed = parameter.get("AllowedValues")
    if allowed:
        assert "nonsense here" not in allowed
        return
    assert not re.fullmatch(parameter["AllowedPattern"], "nonsense here; ")
    assert parameter["ConstraintDescription"].startswith(f"{name} must be")


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("SiteUrl", "https://forum-cai.example", "https://forum-cai.example/"),
        ("SiteUrl", "https://forum-cai.example", "http://forum-cai.example"),
        ("Sender", "noreply@forum-cai.example", "Forum <noreply@forum-cai.example>"),
        ("StaffMail", "staff@forum-cai.example", ""),
        ("DpoMail", "dpo@forum-cai.example", "dpo"),
        ("DeskUsers", "a@forum-cai.example,b@forum-cai.example", "a@forum-cai.example, b@forum-cai.example"),
        ("DeskUsers", "a@forum-cai.example", ""),
        ("KeysParameter", "/forum-cai/preview/keys", "keys"),
        ("Domain", "", "https://forum-cai.example"),
        ("MailDomain", "forum-cai.example", "forum"),
        ("Certificate", "", "arn:aws:acm:eu-central-1:123456789012:certificate/8a6c7b2e-0000-0000-0000-000000000000"),
    ],
)
def test_an_address_is_taken_and_its_neighbour_is_not(name, good, bad):
    pattern = parameters()[name]["AllowedPattern"]

    assert re.fullmatch(pattern, good)
    assert not re.fullmatch(pattern, bad)


def test_no_address_has_a_default():
    assert {name for name, parameter in parameters().items() if "Default" not in parameter} == {
        "AlarmMail",
        "DeskUsers",
        "DpoMail",
        "KeysParameter",
        "Sender",
        "SiteUrl",
        "StaffMail",
    }
    assert parameters()["Mode"]["Default"] == "closed"


def test_letters_are_told_of_by_the_stream_at_once():
    (source,) = properties("DeliverAtOnce")["Events"].values()
    told = source["Properties"]
    (wanted,) = told["FilterCriteria"]["Filters"]

    assert told["Stream"] == {"Fn::GetAtt": ["Table", "StreamArn"]}
    assert told["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert json.loads(wanted["Pattern"])["dynamodb"]["Keys"]["sk"]["S"] == [{"prefix": "LETTER#"}]


def test_an_event_of_mail_that_cannot_be_stored_is_kept():
    (event,) = properties("TakeBack")["Events"].values()

    failed = properties("TakeBack")["EventInvokeConfig"]["DestinationConfig"]["OnFailure"]
    assert failed == {"Type": "SQS", "Destination": {"Fn::GetAtt": ["Lost", "Arn"]}}
    assert event["Properties"]["Pattern"] == RETURNED
    assert event["Properties"]["DeadLetterConfig"]["Arn"] == {"Fn::GetAtt": ["Lost", "Arn"]}
    assert properties("Lost")["MessageRetentionPeriod"] == 14 * 24 * 60 * 60


def test_ses_signs_as_the_domain_and_tells_what_becomes_of_letters():
    told = properties("Returned")["EventDestination"]

    assert told["MatchingEventTypes"] == ["BOUNCE", "COMPLAINT", "REJECT"]
    assert "EventBridgeDestination" in told
    signed = {"Fn::If": ["HasMailDomain", {"SigningEnabled": True}, {"Ref": "AWS::NoValue"}]}
    assert properties("Identity")["DkimAttributes"] == signed
    assert "mail.${MailDomain}" in json.dumps(properties("Identity")["MailFromAttributes"])
