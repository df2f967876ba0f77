// What is typed over a result has the address of a draft. Loaded anew, or gone back to, it is shown over that result again.
const over = history.state?.over;
if (typeof over === 'string' && location.pathname === '/') location.replace(over + location.search + location.hash);

// Before the first paint: the theme that an embedding page asks for, or that this browser chose. Without, the system's.
const chosen = new URLSearchParams(location.search).get('theme') ?? stored('seedbed-theme');
if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;

// Everything half as large again, for a projector: asked for by the address, or chosen in this browser.
if (new URLSearchParams(location.search).has('projector') || stored('seedbed-projector') === 'on')
  document.documentElement.dataset.projector = '';

// The settings beside the results, where a wide window has room for them: chosen in this browser.
if (stored('seedbed-rail') === 'on') document.documentElement.dataset.rail = '';

// What needs scripts is hidden without them; with them, so is what they reveal later.
document.documentElement.dataset.scripted = '';

/** Within another site's page the browser may refuse its storage. */
function stored(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}
