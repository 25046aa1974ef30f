"""The table of contents of the service: every route and schedule, and nothing else."""

from chalice import Chalice, Rate, Response
from chalice.app import CloudWatchEvent, DynamoDBEvent

from chalicelib.domain.log import names_nobody
from chalicelib.web import gateway
from chalicelib.web.edge import only_from_edge
from chalicelib.web.gateway import answer_in_words, asked, respond
from chalicelib.wiring import parts, residents, runs, staff
from chalicelib.wiring.settings import now, origin_secret

FORM = "application/x-www-form-urlencoded"
# SES says so only where its default configuration set sends events to EventBridge.
RETURNED = {"source": ["aws.ses"], "detail-type": ["Email Bounced", "Email Complaint Received", "Email Rejected"]}
# Where the table's stream really is, the template says.
STREAM = "arn:aws:dynamodb:eu-central-1:123456789012:table/forum-cai/stream/written"

app = Chalice(app_name="forum-cai")
app.api.binary_types = [FORM]  # a body arrives byte for byte, so that one that is not UTF-8 is ours to answer
app.register_middleware(only_from_edge(origin_secret), "http")
app.register_middleware(answer_in_words(parts.pages), "http")


@app.route("/{lang}/appointments", methods=["GET"])
def show_appointment_form(lang: str) -> Response:
    return respond(lambda: residents.appointments().show(lang, now()))


@app.route("/{lang}/appointments", methods=["POST"], content_types=[FORM])
def request_appointment(lang: str) -> Response:
    return respond(lambda: residents.appointments().post(asked(app), lang, now()))


@app.route("/{lang}/sessions", methods=["GET"])
def list_sessions(lang: str) -> Response:
    return respond(lambda: residents.dates().show(asked(app), lang, now()))


@app.route("/{lang}/sign-ups", methods=["POST"], content_types=[FORM])
def sign_up(lang: str) -> Response:
    return respond(lambda: residents.sign_ups().post(asked(app), lang, now()))


@app.route("/{lang}/receipts/{token}", methods=["GET"])
def show_receipt(lang: str, token: str) -> Response:
    return respond(lambda: residents.receipts().show(token, lang, parts.pages(), now()))


@app.route("/{lang}/eligibility", methods=["POST"], content_types=[FORM])
def check_eligibility(lang: str) -> Response:
    return respond(lambda: residents.checker().post(asked(app), lang, now()))


@app.route("/{lang}/my/{token}", methods=["GET"])
def show_own_page(lang: str, token: str) -> Response:
    return respond(lambda: residents.own_page().show(token, lang, now()))


@app.route("/{lang}/my/{token}", methods=["POST"], content_types=[FORM])
def change_own_page(lang: str, token: str) -> Response:
    return respond(lambda: residents.own_page().post(asked(app), token, lang, now()))


@app.route("/{lang}/my/{token}/counter", methods=["GET"])
def show_counter(lang: str, token: str) -> Response:
    return respond(lambda: residents.own_page().show_counter(token, lang, now()))


@app.route("/{lang}/my/{token}/dates/{about}", methods=["GET"])
def show_own_dates(lang: str, token: str, about: str) -> Response:
    return respond(lambda: residents.own_page().show_dates(token, about, lang, now()))


@app.route("/{lang}/my/{token}/calendar/{session_id}", methods=["GET"])
def send_calendar(lang: str, token: str, session_id: str) -> Response:
    return respond(lambda: residents.own_page().send_calendar(token, session_id, lang, now()))


@app.route("/{lang}/invitations/{token}", methods=["GET"])
def show_invitation(lang: str, token: str) -> Response:
    return respond(lambda: residents.invitations().show(token, lang, now()))


@app.route("/{lang}/invitations/{token}", methods=["POST"], content_types=[FORM])
def answer_invitation(lang: str, token: str) -> Response:
    return respond(lambda: residents.invitations().post(asked(app), token, lang, now()))


@app.route("/{lang}/my/{token}/data.json", methods=["GET"])
def send_data(lang: str, token: str) -> Response:
    return respond(lambda: residents.own_page().send_data(token, lang, now()))


@app.route("/{lang}/link", methods=["GET"])
def show_link_form(lang: str) -> Response:
    return respond(lambda: residents.link_desk().show(lang))


@app.route("/{lang}/link", methods=["POST"], content_types=[FORM])
def send_link(lang: str) -> Response:
    return respond(lambda: residents.link_desk().post(asked(app), lang, now()))


@app.route("/desk", methods=["GET"])
def begin_at_desk() -> Response:
    return respond(lambda: staff.desk().begin())


@app.route("/desk/{lang}/sign-in", methods=["GET"])
def show_door(lang: str) -> Response:
    return respond(lambda: staff.sign_in().show(asked(app), lang))


@app.route("/desk/{lang}/sign-in", methods=["POST"], content_types=[FORM])
def ask_for_link(lang: str) -> Response:
    return respond(lambda: staff.sign_in().post(asked(app), lang, now()))


@app.route("/desk/{lang}/sign-in/{token}", methods=["GET"])
def open_link(lang: str, token: str) -> Response:
    return respond(lambda: staff.sign_in().open(token, lang, now()))


@app.route("/desk/{lang}/sign-in/{token}", methods=["POST"], content_types=[FORM])
def sign_in(lang: str, token: str) -> Response:
    return respond(lambda: staff.sign_in().enter(asked(app), token, lang, now()))


@app.route("/desk/{lang}/sign-out", methods=["POST"], content_types=[FORM])
def sign_out(lang: str) -> Response:
    return respond(lambda: staff.desk().leave(asked(app), lang, now()))


def route_page(page: str, *, takes_posts: bool) -> None:
    """A page of the desk, for which web/desk/contents.py has what is shown and what a post may do."""

    @app.route(f"/desk/{{lang}}/{page}", methods=["GET"])
    def show(lang: str, **named: str) -> Response:
        return respond(lambda: staff.desk().show(page, asked(app), lang, now(), *named.values()))

    if takes_posts:

        @app.route(f"/desk/{{lang}}/{page}", methods=["POST"], content_types=[FORM])
        def post(lang: str, **named: str) -> Response:
            return respond(lambda: staff.desk().post(page, asked(app), lang, now(), *named.values()))


route_page("today", takes_posts=True)
route_page("months/{month}", takes_posts=False)
route_page("find", takes_posts=True)
route_page("requests/new", takes_posts=True)
route_page("requests/{reference}", takes_posts=True)
route_page("contacts/{reference}", takes_posts=True)
route_page("contacts/{reference}/merge", takes_posts=True)
route_page("sessions", takes_posts=False)
route_page("sessions/new", takes_posts=True)
route_page("sessions/{session_id}", takes_posts=True)
route_page("sessions/{session_id}/change", takes_posts=True)
route_page("sessions/{session_id}/cancel", takes_posts=True)
route_page("sessions/{session_id}/sign-up", takes_posts=True)
route_page("sessions/{session_id}/sheet", takes_posts=False)
route_page("audit", takes_posts=False)


@app.route("/health", methods=["GET"])
def health() -> Response:
    return respond(runs.state_of_health)


def unknown_route(path: str) -> Response:
    """What the gateway answers where there is no route; `path` is the address below /api."""
    return gateway.unknown_route(path, parts.pages)


@app.on_dynamodb_record(STREAM)
@names_nobody
def deliver_at_once(event: DynamoDBEvent) -> dict[str, list[dict[str, str]]]:
    return runs.deliver_at_once([record.sequence_number for record in event])


@app.lambda_function()
@names_nobody
def unseal(event: dict[str, str], context: object) -> dict[str, str]:
    return staff.unseal(event)


@app.schedule(Rate(1, unit=Rate.MINUTES))
@names_nobody
def deliver(event: object) -> dict[str, int]:
    return runs.jobs()["deliver"]()


@app.schedule(Rate(1, unit=Rate.MINUTES))
@names_nobody
def tell(event: object) -> dict[str, int]:
    return runs.jobs()["tell"]()


@app.schedule(Rate(1, unit=Rate.MINUTES))
@names_nobody
def publish(event: object) -> dict[str, int]:
    return runs.jobs()["publish"]()


# Each hour, since a day begins at 22:00 or 23:00 UTC; the job itself knows which day it is in Luxembourg.
@app.schedule(Rate(1, unit=Rate.HOURS))
@names_nobody
def remind(event: object) -> dict[str, int]:
    return runs.jobs()["remind"]()


@app.schedule(Rate(1, unit=Rate.HOURS))
@names_nobody
def delete(event: object) -> dict[str, int]:
    return runs.jobs()["delete"]()


@app.on_cw_event(RETURNED)
@names_nobody
def take_back(event: CloudWatchEvent) -> dict[str, int]:
    return runs.take_back(event.detail)
