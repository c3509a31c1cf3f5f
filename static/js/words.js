/** How many words of the limit are used: a count as one types, checked again by the server. */
export function countWords(area) {
  const limit = Number(area.dataset.words);
  const line = document.createElement("p");
  line.className = "word-count";
  area.after(line);
  const write = () => { line.textContent = `${wordsOf(area)} / ${limit}`; };
  area.addEventListener("input", write);
  write();
}

/** For Chinese, two characters count as a word. */
function wordsOf(area) {
  const text = area.value.trim();
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const rest = text.replace(/\p{Script=Han}/gu, " ").match(/\S+/g)?.length ?? 0;
  return rest + Math.ceil(han / 2);
}
