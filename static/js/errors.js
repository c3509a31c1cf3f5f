/** A page that comes back with errors starts at their summary, unless its address names a place. */
export function focusErrors(summary) {
  if (location.hash) return;
  summary.tabIndex = -1;
  summary.focus();
}
