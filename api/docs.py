"""The page at /docs: the OpenAPI document in a viewer that this service serves itself."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.pages.rendering import static_address

router = APIRouter(include_in_schema=False)

SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""As for every page, but the viewer writes styles and small pictures into its own elements."""

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API · kiểm điểm</title>
<link rel="icon" href="{icon}" type="image/svg+xml">
<link rel="stylesheet" href="{styles}">
<script src="{viewer}" defer></script>
<script src="{start}" defer></script>
</head>
<body>
<main id="docs"><noscript>The API is described in <a href="/openapi.json">/openapi.json</a>.</noscript></main>
</body>
</html>
"""


@router.get("/docs", response_class=HTMLResponse)
def docs() -> HTMLResponse:
    """The viewer; without JavaScript, a link to the document."""
    page = PAGE.format(
        icon=static_address("favicon.svg"),
        styles=static_address("vendor/swagger-ui.css"),
        viewer=static_address("vendor/swagger-ui-bundle.js"),
        start=static_address("docs.js"),
    )
    return HTMLResponse(page, headers={"Content-Security-Policy": SECURITY_POLICY})
