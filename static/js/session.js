/* The session's end, without losing what is on the page (templates/includes/session.html).
   #session  data-state-url    GET, does not prolong: {"authenticated": bool, "seconds_left": number}
             data-extend-url   POST, prolongs: the same answer
             data-sign-in-url  POST owner, email, password, code: {"ok": bool, "error": text, "code_needed": bool, "csrf": token}
             data-login-url    where a request lands whose session is over
             data-ends         when it ends, unused, as the page was made (ISO 8601); without it the script asks
   Other scripts say that a request met no session: document event "session:over", detail.resume (a function, run
   after signing in). A part of the page that htmx asked for without a session is asked for again. "session:back" is sent on document when somebody has signed in again. */

const WARN_SECONDS = 5 * 60;
const POLL_SECONDS = 60;
const root = document.getElementById("session");

if (root) watch(root);

function watch(root) {
  const { stateUrl, extendUrl, signInUrl, loginUrl, ends } = root.dataset;
  const warning = root.querySelector("#session-warning");
  const over = root.querySelector("#session-over");
  const form = over.querySelector("[data-session-sign-in]");
  const error = over.querySelector("[data-session-error]");
  const resume = [];
  let endsAt = ends ? Date.parse(ends) : 0;
  let dismissed = false;
  let timer = 0;

  const secondsLeft = () => (endsAt - Date.now()) / 1000;

  function next() {
    clearTimeout(timer);
    const untilWarning = dismissed ? secondsLeft() : secondsLeft() - WARN_SECONDS;
    timer = setTimeout(ask, Math.max(1, Math.min(POLL_SECONDS, untilWarning)) * 1000);
  }

  async function ask() {
    try {
      act(await state(await fetch(stateUrl, { headers: { Accept: "application/json" } })));
    } catch {
      next();
    }
  }

  async function state(answer) {
    if (answer.status === 401 || answer.redirected) return { authenticated: false };
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  }

  function act({ authenticated, seconds_left }) {
    if (!authenticated) return showOver();
    endsAt = Date.now() + seconds_left * 1000;
    if (over.open) back();
    if (seconds_left > WARN_SECONDS) {
      dismissed = false;
      warning.close();
    } else if (!dismissed && !warning.open) {
      warn("words");
    }
    next();
  }

  function warn(words) {
    const text = warning.querySelector("#session-warning-text");
    text.textContent = text.dataset[words].replace("{time}", clock(new Date(endsAt)));
    if (!warning.open) warning.showModal();
  }

  function showOver() {
    clearTimeout(timer);
    warning.close();
    if (over.open) return;
    error.textContent = "";
    over.showModal();
    form.elements.password.focus();
  }

  function back() {
    over.close();
    form.elements.password.value = form.elements.code.value = "";
    document.dispatchEvent(new CustomEvent("session:back"));
    for (const go of resume.splice(0)) go();
  }

  warning.querySelector("[data-session-extend]").addEventListener("click", async () => {
    try {
      const answer = await state(await post(extendUrl, {}));
      const short = answer.authenticated && answer.seconds_left <= WARN_SECONDS;
      act(answer);
      if (short) warn("wordsLimit");
    } catch {
      warning.querySelector("#session-warning-text").textContent = root.dataset.wordsOffline;
    }
  });

  warning.querySelector("[data-session-close]").addEventListener("click", () => {
    dismissed = true;
    warning.close();
    next();
  });
  warning.addEventListener("cancel", () => {
    dismissed = true;
    next();
  });
  over.addEventListener("cancel", (event) => event.preventDefault());

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopPropagation();
    error.textContent = "";
    try {
      const answer = await post(signInUrl, Object.fromEntries(new FormData(form)));
      const { ok, error: words, code_needed, csrf } = await answer.json();
      if (csrf) renewToken(csrf);
      if (ok) return ask();
      error.textContent = words;
      const code = form.querySelector("[data-session-code]");
      if (code_needed) code.hidden = false;
      form.elements[code_needed ? "code" : "password"].focus();
    } catch {
      error.textContent = root.dataset.wordsOffline;
    }
  });

  document.addEventListener("session:over", (event) => {
    if (event.detail?.resume) resume.push(event.detail.resume);
    showOver();
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    const landed = xhr.responseURL ? new URL(xhr.responseURL).pathname : "";
    if (xhr.status !== 401 && landed !== loginUrl) return;
    event.detail.shouldSwap = false;
    const { verb, path, elt, triggeringEvent } = event.detail.requestConfig;
    // what asks by itself goes on by itself
    if (triggeringEvent) resume.push(() => window.htmx.ajax(verb, path, { source: elt, event: triggeringEvent }));
    showOver();
  });

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") ask();
  });

  addEventListener("pageshow", (event) => {
    if (event.persisted) ask();
  });

  if (endsAt) next();
  else ask();
}

function post(url, fields) {
  return fetch(url, {
    method: "POST",
    headers: { "X-CSRFToken": document.querySelector('meta[name="csrf-token"]').content, Accept: "application/json" },
    body: new URLSearchParams(fields),
  });
}

function renewToken(token) {
  document.querySelector('meta[name="csrf-token"]').content = token;
  for (const field of document.querySelectorAll('input[name="csrfmiddlewaretoken"]')) field.value = token;
}

function clock(time) {
  const minutes = String(time.getMinutes()).padStart(2, "0");
  return `${time.getHours()}${document.documentElement.lang === "en" ? ":" : "."}${minutes}`;
}
