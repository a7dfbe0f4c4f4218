"""The security policy of a page: its own files, and the scripts and styles written in it."""

from __future__ import annotations

import base64
import hashlib
import re

_INLINE_SCRIPT = re.compile(
    r"<script(?![^>]*\bsrc=)(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.S
)
_INLINE_STYLE = re.compile(r"<style[^>]*>(?P<code>.*?)</style>", re.S)


def policy_of(page: str) -> str:
    """A policy that lets the page use the site's own files and nothing else."""
    scripts = " ".join(_hash(found["code"]) for found in _INLINE_SCRIPT.finditer(page))
    styles = " ".join(_hash(found["code"]) for found in _INLINE_STYLE.finditer(page))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {scripts}".strip(),
            f"style-src 'self' {styles}".strip(),
            "img-src 'self' data:",
            "media-src 'self' data:",
            "font-src 'self'",
            "connect-src 'none'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(code: str) -> str:
    digest = base64.b64encode(hashlib.sha256(code.encode("utf-8")).digest()).decode()
    return f"'sha256-{digest}'"
