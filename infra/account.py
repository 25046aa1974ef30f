"""What an account must have before a stage is deployed into it, and what is still to do afterwards."""

from collections.abc import Callable, Iterator
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.storage.keys import make_keys
from infra.stage import RefusedError, Stage

# Gives the client of a service, in the region of the stage unless another is named.
Clients = Callable[..., Any]
_EDGE_REGION = "us-east-1"  # where CloudFront reads certificates
_ENOUGH_AT_ONCE = 100  # several times what our own throttle lets through; new accounts have less


def account_id(clients: Clients) -> str:
    """Raises RefusedError where nobody is signed in."""
    try:
        return str(clients("sts").get_caller_identity()["Account"])
    except (BotoCoreError, ClientError) as error:
        reason = type(error).__name__ if isinstance(error, BotoCoreError) else error.response["Error"]["Code"]
        raise RefusedError(
            f"AWS does not know who is asking ({reason}): set AWS_PROFILE, or sign in by aws sso login, and try again."
        ) from None


def demand_certificate(stage: Stage, clients: Clients) -> None:
    """Raises RefusedError where the own domain has no certificate that is issued for it."""
    domain = stage.given.get("Domain")
    if not domain:
        return
    acm = clients("acm", _EDGE_REGION)
    try:
        found = acm.describe_certificate(CertificateArn=stage.given["Certificate"])["Certificate"]
    except acm.exceptions.ClientError:
        raise RefusedError(
            f"The Certificate is not in {_EDGE_REGION} of this account: ask for one for {domain} there."
        ) from None
    named = {found["DomainName"], *found.get("SubjectAlternativeNames", ())}
    if not named & {domain, f"*.{domain.partition('.')[2]}"}:
        raise RefusedError(f"The Certificate is for {', '.join(sorted(named))}, not for {domain}.")
    if found["Status"] != "ISSUED":
        raise RefusedError(f"The Certificate for {domain} is not issued yet: publish the record that ACM shows.")


def name_of_code_bucket(stage: Stage, account: str) -> str:
    """All stages of an account in one region share it."""
    return f"forum-cai-code-{account}-{stage.region}"


def code_bucket(stage: Stage, account: str, s3: Any) -> str:
    """The bucket of this account for code and templates, made where it is missing."""
    bucket = name_of_code_bucket(stage, account)
    try:
        s3.head_bucket(Bucket=bucket)
    except s3.exceptions.ClientError:
        where = {} if stage.region == _EDGE_REGION else {"LocationConstraint": stage.region}
        s3.create_bucket(Bucket=bucket, **({"CreateBucketConfiguration": where} if where else {}))
        closed = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
        s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration=dict.fromkeys(closed, True))
    return bucket


def keep_keys(stage: Stage, ssm: Any) -> None:
    """Makes the keys of a stage that has none; those that are there stay."""
    try:
        ssm.put_parameter(Name=stage.keys, Type="SecureString", Value=make_keys(), Overwrite=False)
    except ssm.exceptions.ParameterAlreadyExists:
        return


def demand_no_identity(stage: Stage, ses: Any) -> None:
    """Raises RefusedError where SES has already what a new stack would make for itself."""
    try:
        ses.get_email_identity(EmailIdentity=_identity(stage))
    except ses.exceptions.NotFoundException:
        return
    key = "MailDomain" if "MailDomain" in stage.given else "Sender"
    raise RefusedError(
        f"SES in {stage.region} has the identity {_identity(stage)} already, and each stack makes its own:"
        f" give this stage another {key}, or delete the identity if nothing sends by it."
    )


def still_to_do(stage: Stage, outputs: dict[str, str], clients: Clients) -> Iterator[str]:
    """A sentence for each thing without which no letter goes out, nobody finds the site, or a rush is too much."""
    ses, sender = clients("sesv2"), _identity(stage)
    if not ses.get_email_identity(EmailIdentity=sender).get("VerifiedForSendingStatus"):
        yield f"SES does not send as {sender} yet: {_how_to_verify(stage)}. Letters wait for 72 hours."
    if not ses.get_account().get("ProductionAccessEnabled"):
        yield "SES sends to verified addresses only: ask for production access in its console."
    if domain := stage.given.get("Domain"):
        yield f"{domain} must lead to {outputs['EdgeDomain']}: publish a CNAME or an alias record, if it does not yet."
    at_once = clients("lambda").get_account_settings()["AccountLimit"]["ConcurrentExecutions"]
    if at_once < _ENOUGH_AT_ONCE:
        yield f"Lambda runs only {at_once} functions at once in this account: ask AWS for {_ENOUGH_AT_ONCE} or more."


def _identity(stage: Stage) -> str:
    return stage.given.get("MailDomain") or stage.given["Sender"]


def _how_to_verify(stage: Stage) -> str:
    if "MailDomain" in stage.given:
        return "publish the records that the outputs of the stack name"
    return "open the letter that it has sent there and follow its link"
