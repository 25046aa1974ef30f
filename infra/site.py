"""Brings the built site into its bucket, and tells the edge that it is new."""

import mimetypes
from pathlib import Path
from typing import Any
from uuid import uuid4

from botocore.exceptions import WaiterError
from werkzeug.utils import get_content_type

from chalicelib.web.headers import SESSIONS, kept
from infra.stage import RefusedError


def upload_site(s3: Any, bucket: str, site: Path) -> int:
    """Puts each file, pages after what they need, and takes away what is no more; gives how many there are."""
    files = {file.relative_to(site).as_posix(): file for file in site.rglob("*") if file.is_file()}
    for name in sorted(files, key=lambda each: (each.endswith(".html"), each)):
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        settings = {"ContentType": get_content_type(kind, "utf-8"), "CacheControl": kept(f"/{name}")}
        s3.put_object(Bucket=bucket, Key=name, Body=files[name].read_bytes(), **settings)
    for name in _there(s3, bucket) - files.keys():
        s3.delete_object(Bucket=bucket, Key=name)
    return len(files)


def _there(s3: Any, bucket: str) -> set[str]:
    """What lies in the bucket, but for the dates that a function writes there."""
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    names = {each["Key"] for page in pages for each in page.get("Contents", [])}
    return {name for name in names if not f"/{name}".startswith(SESSIONS)}


def make_known(cloudfront: Any, edge: str) -> None:
    """Has the edge forget what it kept; returns once it has. Raises RefusedError after twenty minutes."""
    batch = {"Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": uuid4().hex}
    made = cloudfront.create_invalidation(DistributionId=edge, InvalidationBatch=batch)
    done = cloudfront.get_waiter("invalidation_completed")
    try:
        done.wait(DistributionId=edge, Id=made["Invalidation"]["Id"], WaiterConfig={"Delay": 5, "MaxAttempts": 240})
    except WaiterError:
        raise RefusedError("CloudFront still shows what it kept: wait, then run make deploy again.") from None
