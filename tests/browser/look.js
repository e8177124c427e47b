// What nobody should meet on any page, as a list of sentences; run in the page.
() => {
  const faults = [];
  const say = (what, element) =>
    faults.push(`${what}: ${element.outerHTML.replace(/\s+/g, " ").slice(0, 120)}`);
  const every = (selector) => [...document.querySelectorAll(selector)];
  const seen = (element) => element.checkVisibility({ visibilityProperty: true });
  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);

  const over = (front, back) => {
    const alpha = front[3] ?? 1;
    return [0, 1, 2].map((n) => front[n] * alpha + back[n] * (1 - alpha));
  };
  const ground = (element) => {
    if (!element) return [255, 255, 255];
    const own = channels(getComputedStyle(element).backgroundColor);
    return (own[3] ?? 1) === 1 ? own : over(own, ground(element.parentElement));
  };
  const luminance = (colour) => {
    const [r, g, b] = colour.map((c) => ((c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };

  if (every("h1").filter(seen).length !== 1) faults.push(`${every("h1").length} first headings`);
  if (!document.title.trim()) faults.push("no title");
  if (document.documentElement.scrollWidth > innerWidth)
    faults.push(`scrolls sideways: ${document.documentElement.scrollWidth} of ${innerWidth}`);

  const ids = every("[id]").map((element) => element.id);
  for (const id of new Set(ids.filter((id, n) => ids.indexOf(id) !== n))) faults.push(`id twice: ${id}`);
  for (const name of ["aria-labelledby", "aria-describedby"])
    for (const element of every(`[${name}]`))
      for (const id of element.getAttribute(name).split(/\s+/))
        if (!document.getElementById(id)) say(`${name} leads nowhere`, element);

  for (const field of every("input:not([type=hidden]), select, textarea")) {
    const labels = [...(field.labels ?? [])].map((label) => label.textContent).join("");
    if (!labels.trim() && !field.ariaLabel) say("no label", field);
  }
  for (const pressed of every("button, a[href]"))
    if (!(pressed.textContent + (pressed.ariaLabel ?? "")).trim()) say("no words", pressed);
  for (const head of every("th:not([scope])")) say("a head of nothing", head);
  for (const head of every("th")) if (!head.textContent.trim()) say("an empty head", head);
  for (const image of every("svg[role=img]"))
    if (!image.querySelector("title")?.textContent.trim() || !image.querySelector("desc")?.textContent.trim())
      say("a picture without words", image);

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const words = texts.currentNode.data.trim();
    if (!words || !seen(element) || element.closest("style, script, svg, .visually-hidden, :disabled")) continue;
    const ratio = contrast(channels(getComputedStyle(element).color).slice(0, 3), ground(element));
    if (ratio < 4.5) say(`contrast ${ratio.toFixed(2)}`, element);
    if (/[A-Z]{3}-\d{4}-\d{2}|@\S+\.example/.test(words) && !element.closest("bdi, [dir]:not(html), code, pre"))
      say("not kept apart from the direction of the text around it", element);
  }
  return faults;
}
