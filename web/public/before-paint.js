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

// After an update a page may name a part that is gone, and until the app runs nothing else could say so:
// it is loaded afresh, and where that was in vain it says so. What the running app misses it sees to itself.
addEventListener(
  'error',
  ({ target }) => {
    const part = target?.src ?? target?.href ?? '';
    if (!part.startsWith(`${location.origin}/assets/`)) return;
    const root = document.getElementById('root');
    if (root?.firstElementChild) return;
    if (mayReload()) location.reload();
    else document.readyState === 'loading' ? addEventListener('DOMContentLoaded', say) : say();
  },
  true,
);

function mayReload() {
  const name = 'wheelhouse.reloaded_at';
  try {
    if (Date.now() - Number(sessionStorage.getItem(name)) < 30_000) return false;
    sessionStorage.setItem(name, String(Date.now()));
    return true;
  } catch {
    // Where nothing can be remembered it would be loaded for ever.
    return false;
  }
}

function say() {
  const root = document.getElementById('root');
  if (root.firstElementChild) return;
  const words = document.createElement('p');
  words.setAttribute('role', 'alert');
  words.textContent =
    'A part of this page was not found. Wheelhouse may be in the middle of an update.';
  const again = document.createElement('button');
  again.textContent = 'Load it again';
  again.onclick = () => location.reload();
  root.style.cssText =
    'max-width: 60ch; margin: 48px auto; padding: 0 16px; font: 15px/24px system-ui';
  root.append(words, again);
}

// The schema library probes for `new Function`, which the content policy forbids and would report.
globalThis.__zod_globalConfig = { jitless: true };
