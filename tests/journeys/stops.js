// Where Tab has to stop, in the order of reading; from then on window.walked notes where it does, and what is wrong there.
() => {
  const CAN = "a[href], button, input, select, textarea, summary, [tabindex]";
  const stopsInGroup = at =>
    at.type !== "radio" || at.checked ||
    (at === document.getElementsByName(at.name)[0] && !document.querySelector(`[name="${at.name}"]:checked`));
  const stops = [...document.querySelectorAll(CAN)].filter(
    at => at.tabIndex >= 0 && !at.disabled && at.type !== "hidden" && at.checkVisibility({ visibilityProperty: true }) && stopsInGroup(at));
  const look = at => (({ backgroundColor, boxShadow }) => backgroundColor + boxShadow)(getComputedStyle(at));
  const before = new Map(stops.map(at => [at, look(at)]));
  const outlined = at => (({ outlineStyle, outlineWidth }) => outlineStyle !== "none" && parseFloat(outlineWidth) >= 1)(getComputedStyle(at));
  const covered = at => {
    const box = at.getClientRects()[0];
    const seen = box && document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return !seen || !(at.contains(seen) || seen.contains(at) || (seen.closest("label") || {}).control === at);
  };
  window.walked = [];
  document.addEventListener("focusin", ({ target }) => {
    target.scrollIntoView({ block: "nearest" }); // a browser does so itself, but for a text box only after this
    const wrong = covered(target) ? "is covered" : !outlined(target) && look(target) === before.get(target) ? "shows no focus" : "";
    if (stops[(window.walked.at(-1) || [])[0]] === target) return; // a window that has its focus back says so again
    window.walked.push([stops.indexOf(target), wrong && `${target.outerHTML.slice(0, 80)} ${wrong}`]);
  });
  const main = document.querySelector("main");
  return {
    names: stops.map(at => at.outerHTML.slice(0, 80)),
    afterSkipping: stops.findIndex(at => main.contains(at) || main.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING),
    reordered: [...document.body.querySelectorAll("*")].filter(
      at => getComputedStyle(at).order !== "0" || getComputedStyle(at).flexDirection.endsWith("reverse")).map(at => at.outerHTML.slice(0, 80)),
  };
}
