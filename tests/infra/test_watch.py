"""Somebody is told when a function fails, and when it has not run at all."""

import json

import pytest

from tests.infra.packaged import FUNCTION, of_type, properties, template

ALARM = "AWS::CloudWatch::Alarm"
TIMED = {"Deliver": 3600, "Tell": 3600, "Publish": 3600, "Remind": 86_400, "Delete": 86_400}


def watching(metric, function):
    """The alarm on that metric of a function."""
    wanted = [{"Name": "FunctionName", "Value": {"Ref": function}}]
    found = [properties(name) for name in of_type(ALARM)]
    (alarm,) = (each for each in found if (each["MetricName"], each.get("Dimensions")) == (metric, wanted))
    return alarm


@pytest.mark.parametrize("name", sorted(of_type(ALARM)))
def test_each_alarm_is_heard_by_mail_and_says_what_is_wrong(name):
    assert properties(name)["AlarmActions"] == [{"Ref": "Alarms"}]
    assert properties(name)["AlarmDescription"]
    assert properties("Alarms")["Subscription"] == [{"Protocol": "email", "Endpoint": {"Ref": "AlarmMail"}}]


@pytest.mark.parametrize("function", sorted(of_type(FUNCTION)))
@pytest.mark.parametrize("metric", ["Errors", "Throttles"])
def test_a_single_failure_of_a_function_is_heard(function, metric):
    alarm = watching(metric, function)

    assert (alarm["Threshold"], alarm["ComparisonOperator"]) == (0, "GreaterThanThreshold")


@pytest.mark.parametrize(("function", "seconds"), TIMED.items())
def test_the_silence_of_a_timed_run_is_heard(function, seconds):
    alarm = watching("Invocations", function)

    assert (alarm["Period"] * alarm["EvaluationPeriods"], alarm["TreatMissingData"]) == (seconds, "breaching")
    assert (alarm["Threshold"], alarm["ComparisonOperator"]) == (1, "LessThanThreshold")


def test_a_week_without_any_request_is_heard():
    alarm = properties("NobodyAsks")

    assert (alarm["Period"] * alarm["EvaluationPeriods"], alarm["TreatMissingData"]) == (7 * 86_400, "breaching")


def test_every_schedule_is_watched_for_silence():
    timed = {
        name
        for name in of_type(FUNCTION)
        if any(event["Type"] == "Schedule" for event in properties(name).get("Events", {}).values())
    }

    assert timed == TIMED.keys()


@pytest.mark.parametrize(
    ("metric", "of", "functions"),
    [
        ("FailedLetters", "failed", {"Deliver", "DeliverAtOnce"}),
        ("OldestUnsentMinutes", "oldest_unsent_minutes", {"Deliver"}),
        ("OverdueDays", "overdue_days", {"Delete"}),
    ],
)
def test_what_becomes_of_letters_and_deletions_is_read_from_the_logs(metric, of, functions):
    filters = [properties(name) for name in of_type("AWS::Logs::MetricFilter")]
    read = [each for each in filters if each["MetricTransformations"][0]["MetricName"] == metric]

    assert {each["LogGroupName"]["Ref"] for each in read} == {f"{name}LogGroup" for name in functions}
    for each in read:
        assert each["FilterPattern"] == f"{{ $.{of} > 0 }}"
        assert each["MetricTransformations"][0]["MetricValue"] == f"$.{of}"
        assert each["MetricTransformations"][0]["MetricNamespace"] == {"Ref": "AWS::StackName"}


@pytest.mark.parametrize("function", sorted(of_type(FUNCTION)))
def test_each_line_of_a_log_is_json_so_that_its_fields_can_be_read(function):
    written = properties(function).get("LoggingConfig") or template()["Globals"]["Function"]["LoggingConfig"]

    assert written == {"LogFormat": "JSON"}


# Each line of what has to be watched, and the alarm that is heard: metric, threshold, and what it counts.
WATCHED = {
    "a letter waits": ("UnsentLetters", "OldestUnsentMinutes", 30),
    "a letter failed": ("FailedLetters", "FailedLetters", 0),
    "a deletion is overdue by a day": ("OverdueDeletions", "OverdueDays", 1),
    "letters come back": ("Bounces", "Reputation.BounceRate", 0.04),
    "an event is lost": ("LostEvents", "ApproximateNumberOfMessagesVisible", 0),
    "answers are slow": ("SlowAnswers", "Latency", 3000),
    "nobody asks": ("NobodyAsks", "Count", 1),
}


@pytest.mark.parametrize(("alarm", "metric", "threshold"), WATCHED.values(), ids=WATCHED.keys())
def test_it_is_heard_when(alarm, metric, threshold):
    heard = properties(alarm)

    assert (heard["MetricName"], heard["Threshold"], heard["AlarmActions"]) == (metric, threshold, [{"Ref": "Alarms"}])


def test_slow_answers_are_one_in_twenty():
    assert properties("SlowAnswers")["ExtendedStatistic"] == "p95"


def test_a_month_that_costs_too_much_is_told_when_it_does_and_before_as_soon_as_aws_can_tell():
    told = properties("Budget")["NotificationsWithSubscribers"]

    assert properties("Budget")["Budget"]["BudgetLimit"] == {"Amount": {"Ref": "BudgetInDollars"}, "Unit": "USD"}
    assert {each["Notification"]["NotificationType"] for each in told} == {"ACTUAL", "FORECASTED"}
    for each in told:
        assert each["Subscribers"] == [{"SubscriptionType": "EMAIL", "Address": {"Ref": "AlarmMail"}}]


def test_the_api_is_counted_by_the_name_of_its_stack():
    assert properties("RestAPI")["DefinitionBody"]["info"]["title"] == {"Fn::Sub": "${AWS::StackName}"}
    for alarm in ("SlowAnswers", "NobodyAsks"):
        assert {"Name": "ApiName", "Value": {"Ref": "AWS::StackName"}} in properties(alarm)["Dimensions"]
    assert properties("Dashboard")["DashboardBody"]["Fn::Sub"].count('"ApiName", "${AWS::StackName}"') == 3


def test_one_page_shows_what_the_alarms_listen_to():
    body = json.loads(properties("Dashboard")["DashboardBody"]["Fn::Sub"])
    shown = {part for widget in body["widgets"] for metric in widget["properties"]["metrics"] for part in metric}

    assert shown >= {metric for _, metric, _ in WATCHED.values()} | {"Errors", "Invocations"}
    assert {part for part in shown if part.startswith("${")} >= {f"${{{name}}}" for name in of_type(FUNCTION)}
    assert len({(widget["x"], widget["y"]) for widget in body["widgets"]}) == len(body["widgets"])
