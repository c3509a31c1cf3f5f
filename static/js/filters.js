/** On a narrow screen the filters start closed, beside the results they start open. */
export function openFiltersWhereThereIsRoom(details) {
  const wide = matchMedia("(width >= 60rem)");
  details.open = wide.matches;
  wide.addEventListener("change", () => { details.open = wide.matches; });
}
