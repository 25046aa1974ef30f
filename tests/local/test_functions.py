"""The functions are called as the gateway calls them, one request an instance at a time."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from local.functions import Functions

FORM = "application/x-www-form-urlencoded"
APP = """
import time
from chalice import Chalice, Response

app = Chalice("trial")
app.api.binary_types = ["application/x-www-form-urlencoded"]


@app.route("/echo/{word}", methods=["GET"])
def echo(word):
    time.sleep(0.02)
    return Response(app.current_request.query_params["q"] + " " + word, headers={"Content-Type": "text/plain"})


@app.route("/body", methods=["POST"], content_types=["application/x-www-form-urlencoded"])
def body():
    request = app.current_request
    return {"body": request.raw_body.hex(), "from": request.context["identity"]["sourceIp"],
            "forwarded": request.headers["x-forwarded-for"]}


@app.route("/cookies", methods=["GET"])
def cookies():
    return Response("", status_code=303, headers={"Location": "/x", "Set-Cookie": ["a=1", "b=2"]})


def unknown_route(path):
    return Response("no route to " + path, status_code=404, headers={"Content-Type": "text/plain"})
"""


@pytest.fixture(scope="module")
def functions(tmp_path_factory: pytest.TempPathFactory) -> Functions:
    file = tmp_path_factory.mktemp("backend") / "app.py"
    file.write_text(APP, "utf-8")
    return Functions(file)


def ask(functions: Functions, path: str, **options: object) -> Response:
    environ = EnvironBuilder(path, **options).get_environ() | {"REMOTE_ADDR": "127.0.0.7"}
    return functions.answer(Request(environ))


def test_each_of_many_requests_at_once_sees_itself(functions: Functions) -> None:
    with ThreadPoolExecutor(8) as people:
        answers = people.map(lambda n: ask(functions, f"/api/echo/{n}?q={n}").get_data(as_text=True), range(80))

    assert list(answers) == [f"{n} {n}" for n in range(80)]


@pytest.mark.parametrize("kind", [FORM, f"{FORM}; charset=UTF-8", FORM.upper()])
def test_a_form_arrives_byte_for_byte_and_with_its_senders_address(kind: str, functions: Functions) -> None:
    answer = ask(functions, "/api/body", method="POST", data=b"a=\xff&b=%C3%A9", content_type=kind)

    assert answer.json == {"body": b"a=\xff&b=%C3%A9".hex(), "from": "127.0.0.7", "forwarded": "127.0.0.7"}


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/nothing", "/api//evil.example/echo/1", "/api/echo/a/b"])
def test_an_unknown_route_gets_the_page_of_the_app(path: str, functions: Functions) -> None:
    answer = ask(functions, path)

    assert answer.status_code == 404
    assert answer.get_data(as_text=True).startswith("no route to /")


def test_every_value_of_a_header_is_passed_on(functions: Functions) -> None:
    answer = ask(functions, "/api/cookies")

    assert (answer.status_code, answer.location) == (303, "/x")
    assert answer.headers.getlist("Set-Cookie") == ["a=1", "b=2"]


def test_an_unknown_kind_of_body_is_the_apps_to_refuse(functions: Functions) -> None:
    assert ask(functions, "/api/body", method="POST", data=b"\xff{", content_type="application/json").status_code == 415
