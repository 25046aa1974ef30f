// What of the text cannot be read: it leaves the window sideways, or something cuts it off.
() => {
  const wide = document.documentElement.clientWidth;
  const words = node => node.textContent.trim().slice(0, 40);
  const forEarsOnly = at => at && (getComputedStyle(at).clipPath === "inset(50%)" || forEarsOnly(at.parentElement));
  const lost = document.documentElement.scrollWidth > wide ? ["the page scrolls sideways"] : [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode());) {
    if (!words(text) || forEarsOnly(text.parentElement)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects())
      if (box.width && (box.left < -1 || box.right > wide + 1)) lost.push(`outside the window: ${words(text)}`);
  }
  for (const at of document.body.querySelectorAll("*")) {
    const { overflowX, overflowY } = getComputedStyle(at);
    // What is typed in a field may be longer than the field, which then moves with the caret.
    if (at.matches("svg, svg *, input") || forEarsOnly(at)) continue;
    if (overflowX !== "visible" && at.scrollWidth > at.clientWidth + 1) lost.push(`cut off sideways: ${words(at)}`);
    if (/hidden|clip/.test(overflowY) && at.scrollHeight > at.clientHeight + 1) lost.push(`cut off below: ${words(at)}`);
  }
  return lost;
}
