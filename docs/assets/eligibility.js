// Says what chalicelib/domain/eligibility.py says, from the same rules. Answers stay here, in the part of the
// address that no browser sends.
const WORDS = ["no", "unknown", "yes"];

const verdict = (programme, criteria, answers) => {
  const met = {};
  for (const id in criteria) met[id] = Math.max(...Object.keys(criteria[id]).map((asked) => criteria[id][asked][answers[asked]]));
  const least = Math.min(...Object.values(met));
  const missing = Object.values(met).filter((each) => each === 1).length;
  return [
    `${programme}-${WORDS[least]}`,
    ...(least < 2 ? [`${programme}-decided-${WORDS[least]}${least && missing > 1 ? "s" : ""}`] : []),
    ...Object.keys(met).sort((a, b) => met[a] - met[b]).map((id) => `${programme}.${id}-${WORDS[met[id]]}`),
  ];
};

export const parts = ({ programmes, notes }, answers) => {
  const verdicts = [].concat(...Object.keys(programmes).map((name) => verdict(name, programmes[name], answers)));
  const calls = Object.keys(notes).filter((name) => Object.keys(notes[name]).some((asked) => notes[name][asked].includes(answers[asked])));
  const unsure = verdicts.some((part) => /^\w+-unknown$/.test(part));
  return [...verdicts, ...calls.map((name) => `note-${name}`), ...(calls.length || unsure ? ["contact"] : [])];
};

const start = (form) => {
  const given = () => new URLSearchParams(new FormData(form));
  const shown = () => document.getElementById("answer");

  const show = () => {
    const answers = {};
    form.querySelectorAll("[value=unknown]").forEach((radio) => (answers[radio.name] = given().get(radio.name) || "unknown"));
    const said = parts(JSON.parse(form.dataset.rules), answers);
    const copy = document.importNode(document.getElementById("outcomes").content, true);
    copy.querySelectorAll("[data-when]").forEach((part) => said.includes(part.dataset.when) || part.remove());
    said.forEach((name) => copy.querySelectorAll(`li[data-when="${name}"]`).forEach((reason) => reason.parentNode.append(reason)));
    copy.querySelectorAll("strong[data-when]").forEach((label) => label.nextElementSibling.firstElementChild.prepend(label));
    const place = document.getElementById("outcome");
    place.textContent = "";
    place.append(copy);
  };

  const keep = () => {
    const hash = `#${given()}${shown() ? "&answer" : ""}`;
    history.replaceState(null, "", hash);
    document.querySelectorAll(".languages a").forEach((link) => (link.hash = hash));
  };

  const restore = () => {
    if (!location.hash.includes("=")) return given().toString() && keep();
    const kept = new URLSearchParams(location.hash.slice(1));
    form.querySelectorAll("[type=radio]").forEach((radio) => (radio.checked = kept.get(radio.name) === radio.value));
    if (kept.has("answer")) show();
    keep();
  };

  form.addEventListener("change", () => {
    if (shown()) show();
    keep();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
    keep();
    shown().focus();
  });
  addEventListener("hashchange", restore);
  restore();
};

const form = document.getElementById("checker");
if (form) start(form);
