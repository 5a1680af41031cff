/* Leaving a page while something typed is not saved.
   form[data-warn]  the browser asks before the page is left or loaded again while a field differs from what the page
                    came with; data-warn="unsaved": also when nothing was typed since, as the server refused what was.
   [data-choice]    a box that only chooses: not counted. Forms with drafts need none of this. */

const going = new WeakSet();

function changed(field) {
  if (field.matches("[type=hidden], [data-choice], button")) return false;
  if (["checkbox", "radio"].includes(field.type)) return field.checked !== field.defaultChecked;
  if (!field.options) return field.value !== field.defaultValue;
  // without a chosen option in the page, a list begins with its first
  const options = [...field.options];
  const first = options.some((option) => option.defaultSelected) ? null : options[0];
  return options.some((option) => option.selected !== (option.defaultSelected || option === first));
}

const unsaved = (form) =>
  !going.has(form) && (form.dataset.warn === "unsaved" || [...form.elements].some((field) => changed(field)));

document.addEventListener("form:leaving", (event) => going.add(event.target));

addEventListener("beforeunload", (event) => {
  if ([...document.querySelectorAll("form[data-warn]")].some(unsaved)) event.preventDefault();
});

addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.forms) going.delete(form);
});
