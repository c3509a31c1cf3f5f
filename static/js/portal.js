/** What scripts add to pages that are complete without them; one module a behaviour. */
import { submitOnChange } from "./autosubmit.js";
import { openFiltersWhereThereIsRoom } from "./filters.js";
import { focusErrors } from "./errors.js";
import { makeTabs } from "./tabs.js";
import { warnOfUnsaved } from "./unsaved.js";
import { countWords } from "./words.js";

document.documentElement.classList.add("scripted");

const behaviours = {
  "[data-autosubmit]": submitOnChange,
  "details.filters": openFiltersWhereThereIsRoom,
  ".error-summary[role=alert]": focusErrors,
  "div.translations": makeTabs,
  "form[data-unsaved]": warnOfUnsaved,
  "textarea[data-words]": countWords,
};

function enhance(root) {
  for (const [selector, behaviour] of Object.entries(behaviours)) {
    if (root.matches?.(selector)) behaviour(root);
    root.querySelectorAll(selector).forEach(behaviour);
  }
}

enhance(document);
document.addEventListener("htmx:load", (event) => enhance(event.detail.elt));
