// Finds the file of an address, or the page not found in its language. FILES and NOT_FOUND are written by the build.
const FILES = [];
const NOT_FOUND = {};
const WRITTEN_LATER = ["/pagefind/", "/sessions/"];

function handler(event) {
    const request = event.request;
    const file = request.uri.endsWith("/") ? request.uri + "index.html" : request.uri;
    if (FILES.includes(file) || WRITTEN_LATER.some((folder) => file.startsWith(folder))) {
        request.uri = file;
        return request;
    }
    if (FILES.includes(request.uri + "/index.html")) {
        return { statusCode: 301, statusDescription: "Moved Permanently", headers: { location: { value: request.uri + "/" } } };
    }
    const own = NOT_FOUND[request.uri.split("/")[1]];
    request.uri = FILES.includes(own) ? own : NOT_FOUND.en;
    // A page that was kept is asked about, and "not modified" would be no 404.
    delete request.headers["if-none-match"];
    delete request.headers["if-modified-since"];
    return request;
}
