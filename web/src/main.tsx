import './kit/browserLanguage.ts';
import '@fontsource-variable/inter/index.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './kit/kit.css';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { key_registry, listenToKeys } from './kit/keys.ts';
import { theme } from './kit/theme.ts';
import { makeCache } from './live/cache.ts';
import { makeRouter } from './router.tsx';

/** Messages stand above dialogs, and below every menu and drawer that a person opened. */
const above_dialogs = 250;

const cache = makeCache();
const router = makeRouter(cache);
listenToKeys(key_registry);

const reloaded = 'wheelhouse.reloaded_at';
const reload_rest_ms = 30_000;

// After an update the old page's chunks are gone: the page that asks for one is loaded afresh. One that
// breaks again at once is broken by itself, and the room says so.
addEventListener('vite:preloadError', (event) => {
  if (Date.now() - Number(sessionStorage.getItem(reloaded)) < reload_rest_ms) return;
  sessionStorage.setItem(reloaded, String(Date.now()));
  event.preventDefault();
  location.reload();
});

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={localStorageColorSchemeManager({ key: 'wheelhouse.theme' })}
    >
      <QueryClientProvider client={cache}>
        <Notifications
          className="messages"
          position="bottom-left"
          limit={4}
          zIndex={above_dialogs}
          transitionDuration={120}
        />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
