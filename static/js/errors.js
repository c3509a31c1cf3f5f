/** A page that comes back with errors starts at their summary. */
export function focusErrors(summary) {
  summary.tabIndex = -1;
  summary.focus();
}
