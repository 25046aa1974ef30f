"""The one table of headers that every answer carries, at the edge and in the local service alike."""

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "manifest-src 'self'",
    )
)

EVERY_ANSWER = {
    "Content-Security-Policy": _POLICY,
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    # no-referrer would make a browser post our forms with "Origin: null".
    "Referrer-Policy": "same-origin",
}

EVERY_API_ANSWER = EVERY_ANSWER | {"Cache-Control": "no-store"}
