// Searches on the reader's own device. Pagefind comes with the first question; where it cannot run, the list of pages is searched.
const part = name => document.getElementById("search-" + name);
const form = part("form"), box = form.elements.q, words = form.dataset;
const fold = text => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f\u00ad]/g, "");
let engine, latest;

async function load() {
  const pagefind = await import("/pagefind/pagefind.js");
  // A worker has a policy of its own, which would have to allow WebAssembly as well.
  await pagefind.options({ noWorker: true, excerptLength: 20 });
  const data = await (await fetch(words.same)).json();
  // Another word for the same counts less than the word itself, which comes first.
  data.hits = async (term, at) => (await pagefind.search(term)).results.map(hit => ({ ...hit, score: hit.score * (at ? 0.7 : 1) }));
  return data;
}

const start = () => engine = engine || load();

// Where a word stands, or another that means the same; the best place on a page comes last.
async function hitsOf(word, { hits, same }) {
  const found = (await Promise.all([word, ...(same[fold(word)] || [])].map(hits))).flat();
  return found.length ? found.sort((a, b) => a.score - b.score) : hits(word.replace(/([aou])e/g, "$1").replace(/ss/g, "ß"), 0);
}

async function pagesFor(terms) {
  const data = await start(), pages = {};
  const telling = terms.filter(term => !data.stop.includes(fold(term)));
  for (const hits of await Promise.all((telling.length ? telling : terms).map(term => hitsOf(term, data)))) {
    const best = {};
    for (const hit of hits) best[hit.id] = hit;
    for (const hit of Object.values(best)) {
      const page = pages[hit.id] = pages[hit.id] || { sum: 0, hit };
      page.sum += hit.score;
      if (page.hit.score < hit.score) page.hit = hit;
    }
  }
  const ranked = Object.values(pages).sort((a, b) => b.sum - a.sum).filter(({ sum }, at, [best]) => sum * 4 > best.sum);
  return (await Promise.all(ranked.map(page => page.hit.data())))
    .map(({ url, meta, excerpt }) => [url, meta.title, excerpt.replace(/\b(.|qu)’ /gi, "$1’")]);
}

function pagesInTheList(terms) {
  return [...document.querySelectorAll("#search-all li")]
    .map(item => [terms.filter(term => fold(item.textContent).includes(fold(term))).length, ...item.children])
    .filter(([count]) => count).sort(([a], [b]) => b - a)
    .map(([, link, text]) => [link.pathname, link.textContent, text.innerHTML]);
}

async function answer(question) {
  latest = question;
  part("state").textContent = words.wait;
  const terms = question.match(/[\p{L}\p{N}]{2,}/gu) || [];
  const found = await pagesFor(terms).catch(() => pagesInTheList(terms));
  if (latest != question) return;
  const count = found.length;
  part("state").textContent = [words.zero, words.one][count] || words.many.replace("0", count);
  part("none").hidden = count;
  part("found").innerHTML = found.map(([,, text]) => `<li><a></a><p>${text}</p>`).join("");
  [...part("found").querySelectorAll("li>a")].forEach((link, at) => [link.href, link.textContent] = found[at]);
}

form.hidden = false;
box.addEventListener("input", start, { once: true });
form.addEventListener("submit", event => {
  event.preventDefault();
  history.replaceState(null, "", "#?" + encodeURIComponent(box.value));
  answer(box.value);
});
if (location.hash.startsWith("#?")) answer(box.value = decodeURIComponent(location.hash.slice(2)));
