/* Sending a form.
   Every form with method="post" is sent once: a second press does nothing for a while (the server has its own guard,
   the hidden field `once`). data-again on the form: may be sent at once again (a download).
   form[data-keep]: before it is sent, the session is asked for; if it is over, one signs in on the page first and the
   form goes on by itself, its text untouched. */

const PAUSE = 8000;
const sent = new WeakSet();
const checked = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (sent.has(form)) return event.preventDefault();
  const session = document.getElementById("session");
  if (form.hasAttribute("data-keep") && session && !checked.has(form)) {
    event.preventDefault();
    hold(form);
    check(form, event.submitter, session);
    return;
  }
  checked.delete(form);
  // what opens in a window of its own leaves this form as it was
  if (event.submitter?.formTarget === "_blank") return;
  if (!form.hasAttribute("data-again")) hold(form);
  form.dispatchEvent(new CustomEvent("form:leaving", { bubbles: true }));
});

function hold(form) {
  sent.add(form);
  form.setAttribute("aria-busy", "true");
  setTimeout(() => release(form), PAUSE);
}

function release(form) {
  sent.delete(form);
  form.removeAttribute("aria-busy");
}

async function check(form, submitter, session) {
  const goOn = () => {
    release(form);
    checked.add(form);
    form.requestSubmit(submitter);
  };
  try {
    const answer = await fetch(session.dataset.stateUrl, { headers: { Accept: "application/json" } });
    const over = answer.status === 401 || answer.redirected || !(await answer.json()).authenticated;
    tell(form, "");
    if (!over) return goOn();
    release(form);
    document.dispatchEvent(new CustomEvent("session:over", { detail: { resume: goOn } }));
  } catch {
    release(form);
    tell(form, session.dataset.wordsOffline);
  }
}

function tell(form, words) {
  let place = form.querySelector("[data-keep-failed]");
  if (!place) {
    place = document.createElement("p");
    place.className = "wrong";
    place.setAttribute("role", "alert");
    place.dataset.keepFailed = "";
    form.append(place);
  }
  place.textContent = words;
}

// A page that comes back from the browser's memory may be sent again.
addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.forms) release(form);
});
