"""What listens to each function: whether it fails, is throttled or has not run, and what its log says."""

import json
from collections.abc import Iterable
from typing import Any

_HOUR, _DAY = 3600, 86400
# How long each timed run may be silent.
_SILENCE = {"Deliver": _HOUR, "Tell": _HOUR, "Publish": _HOUR, "Remind": _DAY, "Delete": _DAY}
# What is read from the logs: the name of the number there, and whose logs.
_READ = {
    "FailedLetters": ("failed", ("Deliver", "DeliverAtOnce")),
    "OldestUnsentMinutes": ("oldest_unsent_minutes", ("Deliver",)),
    "OverdueDays": ("overdue_days", ("Delete",)),
}


def alarms(functions: Iterable[str]) -> dict[str, Any]:
    """Resources by name, for functions by their names in the template."""
    wrong = {f"{name}{what}": _wrong(name, what) for name in functions for what in ("Errors", "Throttles")}
    silent = {f"{name}Silent": _silent(name, period) for name, period in _SILENCE.items()}
    read = {f"{name}{metric}": _read(name, metric, of) for metric, (of, names) in _READ.items() for name in names}
    return wrong | silent | read


def _wrong(function: str, what: str) -> dict[str, Any]:
    told = {"Errors": "fails", "Throttles": "is not let run, because too much runs at once"}[what]
    return _alarm(function, what, f"{function} {told}", 300, {"Threshold": 0} | _MORE)


def _silent(function: str, period: int) -> dict[str, Any]:
    told = f"{function} has not run for {period // _HOUR} h"
    return _alarm(function, "Invocations", told, period, {"Threshold": 1} | _FEWER)


_MORE = {"ComparisonOperator": "GreaterThanThreshold", "TreatMissingData": "notBreaching"}
_FEWER = {"ComparisonOperator": "LessThanThreshold", "TreatMissingData": "breaching"}


def _alarm(function: str, metric: str, told: str, period: int, heard: dict[str, Any]) -> dict[str, Any]:
    measured = {
        "Namespace": "AWS/Lambda",
        "MetricName": metric,
        "Dimensions": [{"Name": "FunctionName", "Value": {"Ref": function}}],
        "Statistic": "Sum",
        "Period": period,
        "EvaluationPeriods": 1,
    }
    told_of = {"AlarmDescription": told, "AlarmActions": [{"Ref": "Alarms"}]}
    return {"Type": "AWS::CloudWatch::Alarm", "Properties": measured | heard | told_of}


def _read(function: str, metric: str, of: str) -> dict[str, Any]:
    counted = {"MetricNamespace": {"Ref": "AWS::StackName"}, "MetricName": metric, "MetricValue": f"$.{of}"}
    where = {"LogGroupName": {"Ref": f"{function}LogGroup"}, "FilterPattern": f"{{ $.{of} > 0 }}"}
    return {"Type": "AWS::Logs::MetricFilter", "Properties": where | {"MetricTransformations": [counted]}}


def dashboard(functions: Iterable[str]) -> dict[str, Any]:
    """One page with what the alarms listen to."""
    names = sorted(functions)
    lost = ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", "${Lost.QueueName}"]
    charts = {
        "Requests": ([_api("Count"), _api("5XXError")], "Sum"),
        "95 of 100 answers come within (ms)": ([_api("Latency")], "p95"),
        "Failures of functions": ([_function(name, "Errors") for name in names], "Sum"),
        "Runs of functions": ([_function(name, "Invocations") for name in names], "Sum"),
        "Minutes that the oldest letter waits": ([["${AWS::StackName}", "OldestUnsentMinutes"]], "Maximum"),
        "Letters that failed": ([["${AWS::StackName}", "FailedLetters"]], "Sum"),
        "Days that a deletion is overdue": ([["${AWS::StackName}", "OverdueDays"]], "Maximum"),
        "Share of letters that come back": ([["AWS/SES", "Reputation.BounceRate"]], "Maximum"),
        "Events that could not be stored": ([lost], "Maximum"),
    }
    body = {"widgets": [_chart(at, title, *chart) for at, (title, chart) in enumerate(charts.items())]}
    named = {"DashboardName": {"Fn::Sub": "${AWS::StackName}"}, "DashboardBody": {"Fn::Sub": json.dumps(body)}}
    return {"Dashboard": {"Type": "AWS::CloudWatch::Dashboard", "Properties": named}}


def _api(metric: str) -> list[str]:
    return ["AWS/ApiGateway", metric, "ApiName", "${AWS::StackName}", "Stage", "api"]


def _function(name: str, metric: str) -> list[str]:
    return ["AWS/Lambda", metric, "FunctionName", f"${{{name}}}"]


def _chart(at: int, title: str, metrics: list[list[str]], stat: str) -> dict[str, Any]:
    shown = {"title": title, "metrics": metrics, "stat": stat, "period": 300, "region": "${AWS::Region}"}
    place = {"x": at % 3 * 8, "y": at // 3 * 6, "width": 8, "height": 6}
    return {"type": "metric", **place, "properties": shown}
