// The bucket gives the page not found as it gives any other.
function handler(event) {
    if (event.request.uri.endsWith("/404.html")) {
        event.response.statusCode = 404;
        event.response.statusDescription = "Not Found";
    }
    return event.response;
}
