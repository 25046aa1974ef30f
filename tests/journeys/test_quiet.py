"""No page says anything on the console, breaks its own security policy, or asks anything of another site."""

from urllib.parse import urlsplit

import pytest

from tests.journeys.matrix import pairwise

pytestmark = [pytest.mark.browser, pytest.mark.engine]

VIOLATIONS = """window.violations = [];
document.addEventListener("securitypolicyviolation",
  ({ violatedDirective, blockedURI }) => window.violations.push(`${violatedDirective} ${blockedURI}`));"""


def listen(page):
    """What the page asks for, and what goes wrong, as it happens."""
    asked, wrong = [], []
    page.add_init_script(VIOLATIONS)
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: wrong.append(f"failed: {request.url}"))
    page.on("response", lambda answer: answer.status >= 400 and wrong.append(f"{answer.status}: {answer.url}"))
    page.on("console", lambda message: wrong.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    return asked, wrong


@pytest.fixture(scope="module")
def everything(window):
    return listen(window)


@pytest.fixture
def heard(everything):
    for each in everything:
        each.clear()
    return everything


@pytest.mark.parametrize("view", pairwise((360, "light")), ids=str)
def test_a_page_is_quiet_and_asks_its_own_site_only(service, seen, view, heard):
    asked, wrong = heard
    seen.goto(service.url + view.path)
    seen.wait_for_timeout(100)  # for what a script may ask once all is there

    assert seen.evaluate("violations") == []
    if view.slug == "404.html":  # answers that it is none, which the browser says as well
        status, console = wrong
        assert (status, console.partition(":")[0]) == (f"404: {service.url}{view.path}", "console")
    else:
        assert wrong == []
    assert {urlsplit(url).netloc for url in asked if not url.startswith("data:")} == {urlsplit(service.url).netloc}
    assert seen.evaluate("performance.getEntriesByType('resource').map(each => each.initiatorType)").count("link") >= 1


@pytest.mark.parametrize("view", pairwise((360, "light"))[:1], ids=str)
def test_a_mistake_is_heard(service, seen, view, heard):
    seen.goto(service.url + view.path)
    with seen.expect_event("console"):
        seen.evaluate("""() => {
            document.body.append(Object.assign(new Image(), { src: "http://127.0.0.1:9/elsewhere.png" }));
            document.body.append(Object.assign(document.createElement("script"), { textContent: "1" }));
        }""")

    _, wrong = heard
    assert any(violation.startswith(("img-src", "script-src")) for violation in seen.evaluate("violations"))
    assert wrong
