"""Somebody is told when a function fails, and when it has not run at all."""

import pytest

from tests.infra.packaged import FUNCTION, of_type, properties

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


def test_a_failed_letter_is_counted_from_the_logs_of_whoever_sends():
    filters = [properties(name) for name in of_type("AWS::Logs::MetricFilter")]
    counted = {(each["LogGroupName"]["Ref"], each["MetricTransformations"][0]["MetricName"]) for each in filters}

    assert counted == {("DeliverLogGroup", "FailedLetters"), ("DeliverAtOnceLogGroup", "FailedLetters")}
