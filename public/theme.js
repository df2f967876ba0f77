// Before the first paint: the theme that an embedding page asks for, or that this browser chose. Without, the system's.
const chosen = new URLSearchParams(location.search).get('theme') ?? stored();
if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;

/** Within another site's page the browser may refuse its storage. */
function stored() {
  try {
    return localStorage.getItem('seedbed-theme');
  } catch {
    return null;
  }
}
