"""What every answer of the server says to the browser, whatever it answers."""

from __future__ import annotations

HEADERS = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "media-src 'self' data:",
            "font-src 'self'",
            "connect-src 'none'",
            "object-src 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    ),
}
"""Names and values. The policy names no script by hash: a page with one of its own is refused."""

TYPES = {
    "css": "text/css",
    "html": "text/html",
    "jpg": "image/jpeg",
    "js": "text/javascript",
    "mp4": "video/mp4",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "woff2": "font/woff2",
}
"""The only kinds of files that are served, by the ends of their names."""

COOKIE = "__Host-vigsite"
"""Holds what a browser said as its password, for browsers that forget to say it for films."""
COOKIE_ATTRIBUTES = "Path=/; Secure; HttpOnly; SameSite=Strict"
"""No script reads it, no other host or site gets it, and it ends with the browser."""
