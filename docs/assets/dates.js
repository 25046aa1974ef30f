// Shows the dates beside the link to them; without it the link is enough.
const list = document.getElementById("dates"), words = list.dataset, { lang } = document.documentElement;
// Luxembourgish, which most browsers cannot write, has days in figures, as German has.
const when = ({ start }) => new Date(start).toLocaleString([lang == "en" ? "en-GB" : lang, "de"], { dateStyle: "medium", timeStyle: "short", timeZone: "Europe/Luxembourg" });
const found = await (await fetch(words.from, { headers: { Accept: "application/json" } })).json();
for (const { meetings, places_left: left, open } of found) {
  const item = document.createElement("li");
  item.innerText = [...meetings.map(when), left ? words.left.replace("0", left) : open ? words.line : words.full].join("\n");
  list.append(item);
}
list.hidden = !found[0];
