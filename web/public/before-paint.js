// Sets the theme before the first paint, so that a dark room never flashes white. It is a file of
// its own because the content policy allows no inline script.
(() => {
  let chosen = 'auto';
  try {
    chosen = localStorage.getItem('wheelhouse.theme') ?? 'auto';
  } catch {
    // Storage is closed to us (a private window): the system's theme stands.
  }
  const dark =
    chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();

// The schema library probes for `new Function`, which the content policy forbids and would report.
globalThis.__zod_globalConfig = { jitless: true };
