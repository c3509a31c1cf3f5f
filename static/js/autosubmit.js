/** A choice in a list's filters takes effect at once; the button stays for everybody else. */
export function submitOnChange(form) {
  if (form.dataset.enhanced) return;
  form.dataset.enhanced = "yes";
  form.addEventListener("change", (event) => {
    if (event.target.matches("select, [type=checkbox], [type=radio]")) form.requestSubmit();
  });
}
