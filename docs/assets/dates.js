// Shows the dates beside the link to them; without it the link is enough.
const list = document.getElementById("dates"), words = list.dataset, { lang } = document.documentElement;
// Luxembourgish, which most browsers cannot write, has days in figures, as German has.
const when = moment => new Date(moment).toLocaleString([lang == "en" ? "en-GB" : lang, "de"], { dateStyle: "medium", timeStyle: "short", timeZone: "Europe/Luxembourg" });
const answer = await fetch(words.from), written = answer.headers.get("Last-Modified");
// Each few minutes the list is written anew; what is older than a quarter of an hour may not be so any more.
if (answer.ok && Date.now() - new Date(written) < 9e5) {
  for (const { meetings, places_left: left, open } of await answer.json()) {
    const item = document.createElement("li");
    item.innerText = [...meetings.map(({ start }) => when(start)), left ? words.left.replace("0", left) : open ? words.line : words.full].join("\n");
    list.append(item);
    list.hidden = false;
  }
  if (!list.hidden) list.after(words.written, when(written));
}
