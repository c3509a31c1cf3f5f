/** The languages of a text as tabs, one open at a time. Without scripts they stand one below the other. */
export function makeTabs(box) {
  const panels = [...box.querySelectorAll(":scope > .translation")];
  if (panels.length < 2 || box.querySelector(":scope > .tabs")) return;
  const list = document.createElement("div");
  list.className = "tabs";
  list.setAttribute("role", "tablist");
  const tabs = panels.map((panel, number) => makeTab(panel, number, list));
  const open = (chosen) => tabs.forEach((tab, number) => show(tab, panels[number], tab === chosen));

  list.addEventListener("click", (event) => tabs.includes(event.target) && open(event.target));
  list.addEventListener("keydown", (event) => {
    const next = neighbour(tabs, event);
    if (!next) return;
    event.preventDefault();
    open(next);
    next.focus();
  });
  box.addEventListener("input", () => tabs.forEach((tab, number) => markFilled(tab, panels[number])));
  box.addEventListener("invalid", (event) => open(tabs[panels.findIndex((panel) => panel.contains(event.target))]), true);
  // A link to a text in a closed tab, or a word found there, opens it.
  panels.forEach((panel, number) => panel.addEventListener("beforematch", () => open(tabs[number])));

  box.prepend(list);
  open(tabs[panels.indexOf(firstToShow(panels))]);
}

/** The text with an error; else the one in the language of the page; else the first. */
function firstToShow(panels) {
  const language = document.documentElement.lang;
  const wrong = panels.find((panel) => panel.querySelector("[aria-invalid=true]"));
  return wrong ?? panels.find((panel) => panel.querySelector(`[lang="${language}"]`)) ?? panels[0];
}

function makeTab(panel, number, list) {
  const label = panel.querySelector("label");
  const tab = document.createElement("button");
  panel.id ||= `${label.htmlFor}-panel`;
  tab.type = "button";
  tab.className = "tab";
  tab.id = `${panel.id}-tab`;
  tab.textContent = label.textContent.trim();
  tab.setAttribute("role", "tab");
  tab.setAttribute("aria-controls", panel.id);
  panel.setAttribute("role", "tabpanel");
  panel.setAttribute("aria-labelledby", tab.id);
  label.classList.add("visually-hidden");
  markFilled(tab, panel);
  list.append(tab);
  return tab;
}

function show(tab, panel, chosen) {
  tab.setAttribute("aria-selected", String(chosen));
  tab.tabIndex = chosen ? 0 : -1;
  if (chosen) panel.removeAttribute("hidden");
  else panel.setAttribute("hidden", "until-found");
}

function markFilled(tab, panel) {
  tab.classList.toggle("filled", panel.querySelector("input, textarea").value.trim() !== "");
}

function neighbour(tabs, event) {
  const forward = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!step) return null;
  const here = tabs.indexOf(event.target);
  return tabs.at((here + (event.key === forward ? 1 : -1)) % tabs.length);
}
