import { useSyncExternalStore } from 'react';

/** What somebody wants to be alerted by in this browser. */
export interface AlertSettings {
  sound: boolean;
  notifications: boolean;
}

const name = 'wheelhouse.alerts';
const nothing: AlertSettings = { sound: false, notifications: false };
const watchers = new Set<() => void>();
let current = read();

function read(): AlertSettings {
  try {
    const kept = JSON.parse(localStorage.getItem(name) ?? '{}') as Partial<AlertSettings> | null;
    return { sound: kept?.sound === true, notifications: kept?.notifications === true };
  } catch {
    return nothing;
  }
}
const changed = () => {
  for (const watcher of watchers) watcher();
};

// Turned on or off in another tab, it is so in this one.
addEventListener('storage', ({ key }) => {
  if (key !== name && key !== null) return;
  current = read();
  changed();
});

export const alert_settings = {
  get: () => current,
  set(change: Partial<AlertSettings>) {
    current = { ...current, ...change };
    try {
      localStorage.setItem(name, JSON.stringify(current));
    } catch {
      // A browser that keeps nothing has it for as long as the page is open.
    }
    changed();
  },
  watch(watcher: () => void) {
    watchers.add(watcher);
    return () => {
      watchers.delete(watcher);
    };
  },
};

export const useAlertSettings = (): AlertSettings =>
  useSyncExternalStore(alert_settings.watch, alert_settings.get);

/** Why this browser can show no notifications; null where it can, or may be asked. */
export type Barred = 'insecure' | 'unable' | 'blocked';
export function barred(): Barred | null {
  if (!isSecureContext || !('locks' in navigator)) return 'insecure';
  if (!('Notification' in window)) return 'unable';
  return Notification.permission === 'denied' ? 'blocked' : null;
}

/** Asks the browser, on a click alone, and shows a first notification.
 *  @returns why there are none; null when they are on */
export async function turnOnNotifications(): Promise<Barred | 'unanswered' | null> {
  const before = barred();
  if (before) return before;
  const answer = await Notification.requestPermission();
  if (answer !== 'granted') return answer === 'denied' ? 'blocked' : 'unanswered';
  try {
    const first = { body: 'You hear here of what needs you.', tag: 'wheelhouse', silent: true };
    new Notification('Notifications are on', first);
  } catch {
    // A phone’s browser has the word and shows none from a page.
    return 'unable';
  }
  alert_settings.set({ notifications: true });
  return null;
}
