"""The alarms of each function: that it fails, that it is throttled, and that it has not run when it should have."""

from collections.abc import Iterable
from typing import Any

_HOUR, _DAY = 3600, 86400
# How long each timed run may be silent.
_SILENCE = {"Deliver": _HOUR, "Tell": _HOUR, "Publish": _HOUR, "Remind": _DAY, "Delete": _DAY}
_SENDING = ("Deliver", "DeliverAtOnce")


def alarms(functions: Iterable[str]) -> dict[str, Any]:
    """Resources by name, for functions by their names in the template."""
    wrong = {f"{name}{what}": _wrong(name, what) for name in functions for what in ("Errors", "Throttles")}
    silent = {f"{name}Silent": _silent(name, period) for name, period in _SILENCE.items()}
    return wrong | silent | {f"{name}Failed": _failed(name) for name in _SENDING}


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


def _failed(function: str) -> dict[str, Any]:
    counted = {
        "MetricNamespace": {"Ref": "AWS::StackName"},
        "MetricName": "FailedLetters",
        "MetricValue": "$.failed",
    }
    where = {"LogGroupName": {"Ref": f"{function}LogGroup"}, "FilterPattern": "{ $.failed > 0 }"}
    return {"Type": "AWS::Logs::MetricFilter", "Properties": where | {"MetricTransformations": [counted]}}
