/* Leaving a page while something typed is not saved.
   form[data-warn], form[data-keep] without drafts
                    the browser asks before the page is left or loaded again while a field differs from what the page
                    came with; where the server refused what was typed ([data-refused], .is-invalid, or
                    data-warn="unsaved"), also when nothing was typed since.
   [data-choice]    a box that only chooses: not counted. Forms with drafts, and documents (document.js), need none of this. */

const WATCHED = "form[data-warn], form[data-keep]:not([data-draft], [data-document])";

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

const refused = (form) => form.dataset.warn === "unsaved" || form.querySelector("[data-refused], .is-invalid") !== null;

const unsaved = (form) => !going.has(form) && (refused(form) || [...form.elements].some((field) => changed(field)));

document.addEventListener("form:leaving", (event) => going.add(event.target));

addEventListener("beforeunload", (event) => {
  if ([...document.querySelectorAll(WATCHED)].some(unsaved)) event.preventDefault();
});

addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.forms) going.delete(form);
});
