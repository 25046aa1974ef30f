"""What is merged into Chalice's template: the files of stack/, and what other parts of the project know better."""

import json
from functools import reduce
from pathlib import Path
from typing import Any

from chalice.package import TemplateDeepMerger, YAMLTemplateSerializer

from chalicelib.programme import facts
from chalicelib.storage import table
from chalicelib.web.headers import EVERY_ANSWER, NOT_FOUND, SEARCH_PATHS, headers_of
from infra.answers import gateway_responses
from infra.watch import alarms, dashboard

INFRA = Path(__file__).parent
RUNTIME = "python3.13"

Template = dict[str, Any]


def additions(site: Path) -> Template:
    """What Chalice merges; `site` is the built site, whose files the edge has to know."""
    watched = {"Resources": alarms(_names()) | dashboard(_names())}
    parts = (*_written(), watched, _functions(), _table(), _ledger(), _headers(), _at_the_edge(site), _gateway())
    return reduce(lambda merged, part: TemplateDeepMerger().merge(part, merged), parts)


def declared_parameters() -> Template:
    """What a stage has to say, each with what it may be."""
    return reduce(lambda known, part: known | part.get("Parameters", {}), _written(), {})


def _written() -> list[Template]:
    files = sorted((INFRA / "stack").glob("*.yaml"))
    return [YAMLTemplateSerializer().load_template(file.read_text("utf-8"), file.name) for file in files]


def _functions() -> Template:
    """Chalice would take the Python that runs it for the one that runs the functions."""
    return _resources({name: {"Runtime": RUNTIME} for name in _names()})


def _names() -> list[str]:
    settings = json.loads(Path("backend/.chalice/config.json").read_text("utf-8"))["stages"]["api"]["lambda_functions"]
    return ["APIHandler", *(name.title().replace("_", "") for name in settings)]


def _table() -> Template:
    definition = table.definition("")
    del definition["TableName"]
    kept = {"RecoveryPeriodInDays": facts.load().number("privacy.backups_kept_days")}
    return _resources({"Table": definition | {"PointInTimeRecoverySpecification": kept}})


def _ledger() -> Template:
    days = facts.load().number("privacy.ledger_kept_days")
    rule = {"Id": "forgotten", "Status": "Enabled", "ExpirationInDays": days}
    return _resources({"Ledger": {"LifecycleConfiguration": {"Rules": [rule]}}})


def _headers() -> Template:
    policies = {"PageHeaders": EVERY_ANSWER, "SearchHeaders": headers_of(min(SEARCH_PATHS))}
    return _resources({name: _policy(headers) for name, headers in policies.items()})


def _policy(headers: dict[str, str]) -> Template:
    """The headers as CloudFront takes them: those that protect by names of its own."""
    left = dict(headers)
    length, *parts = left.pop("Strict-Transport-Security").removeprefix("max-age=").split("; ")
    security = {
        "ContentSecurityPolicy": {"ContentSecurityPolicy": left.pop("Content-Security-Policy"), "Override": True},
        "ContentTypeOptions": {"Override": left.pop("X-Content-Type-Options") == "nosniff"},
        "ReferrerPolicy": {"ReferrerPolicy": left.pop("Referrer-Policy"), "Override": True},
        "StrictTransportSecurity": {
            "AccessControlMaxAgeSec": int(length),
            "IncludeSubdomains": "includeSubDomains" in parts,
            "Override": True,
        },
    }
    others = [{"Header": name, "Value": value, "Override": True} for name, value in sorted(left.items())]
    more = {"CustomHeadersConfig": {"Items": others}} if others else {}
    return {"ResponseHeadersPolicyConfig": {"SecurityHeadersConfig": security, **more}}


def _at_the_edge(site: Path) -> Template:
    known = sorted(f"/{file.relative_to(site).as_posix()}" for file in site.rglob("*") if file.is_file())
    files = [file for file in known if not file.startswith("/pagefind/")]
    code = {name: (INFRA / "edge" / f"{name}.js").read_text("utf-8") for name in ("addresses", "not-found", "reader")}
    code["addresses"] = code["addresses"].replace("FILES = []", f"FILES = {_script(files)}")
    code["addresses"] = code["addresses"].replace("NOT_FOUND = {}", f"NOT_FOUND = {_script(NOT_FOUND)}")
    return _resources({name.title().replace("-", ""): {"FunctionCode": text} for name, text in code.items()})


def _script(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _gateway() -> Template:
    # By its name CloudWatch counts what is asked of it.
    named = {"info": {"title": {"Fn::Sub": "${AWS::StackName}"}}}
    return _resources({"RestAPI": {"GatewayResponses": gateway_responses(), "DefinitionBody": named}})


def _resources(properties: dict[str, Template]) -> Template:
    return {"Resources": {name: {"Properties": given} for name, given in properties.items()}}
