// The API sees only the edge; whatever a reader claims here is written over.
function handler(event) {
    event.request.headers["x-reader"] = { value: event.viewer.ip };
    return event.request;
}
