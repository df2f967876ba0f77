// Before the first paint: the theme that this browser chose, if it chose one. Without, the system's is used.
const chosen = localStorage.getItem('seedbed-theme');
if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
