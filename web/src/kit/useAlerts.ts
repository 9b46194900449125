import { useQuery } from '@tanstack/react-query';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import type { ConversationRow, Event } from '@wheelhouse/core';
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { alertedIn } from '../live/alerted.ts';
import { alert_settings, useAlertSettings } from '../live/alertSettings.ts';
import { api } from '../live/api.ts';
import { keys } from '../live/cache.ts';
import { isLookedAt, lead, leading, useLookedAt } from '../live/leading.ts';
import { useOwnPresence } from '../live/presence.ts';
import { mayAs, useMe, useNames } from '../live/session.ts';
import { type Alert, alertOf, gathered, nearAlert, nearAt } from './alertWords.ts';
import { allowChime, chime } from './chime.ts';
import { type Concern, concernOf } from './concern.ts';

/** What comes within this time is told as one. */
const gather_ms = 400;

/** Tells by sound and notification what concerns whoever is here, where they wanted it: in one tab of
 *  several, once, nothing that is looked at in any of them, and nothing while they are away (rule W66).
 *  @returns what takes each event as it comes */
export function useAlerts(): (event: Event) => void {
  const me = useMe();
  const nameOf = useNames();
  const presence = useOwnPresence();
  const { sound, notifications } = useAlertSettings();
  const on = presence !== undefined && (sound || notifications);
  const quiet = !on || presence.away;
  const tell = useTelling();
  const alerted = useMemo(() => alertedIn(localStorage, me.id), [me.id]);
  useLookedAt(useRouterState({ select: idIn }));
  useEffect(() => (on ? lead(`wheelhouse.alerts.${me.id}`) : undefined), [on, me.id]);
  useSoundOnClick(sound);
  useNearlyBroken(!quiet, (row) => {
    const due_at = row.due_at as string;
    void isLookedAt(row.id).then((seen) => {
      if (!seen && alerted.isNewlyNear(row.id, due_at)) tell('broken', nearAlert(row, nameIn(row)));
    });
  });
  const consider = (event: Event, concern: Concern) => {
    if (!alerted.isNew(event)) return;
    void (async () => {
      if (await isLookedAt(concern.subject)) return;
      tell(concern.kind, alertOf(concern, await customerOf(concern.subject), nameOf));
    })();
  };
  const missed = useMissed(consider);
  return (event) => {
    const concern = concernOf(event, me.id, mayAs(me.role, 'reviewer'));
    if (quiet || !concern) return;
    if (leading.get()) consider(event, concern);
    else missed(event, concern);
  };
}

/** Keeps what comes while another tab tells, for as long as it takes to notice that it was closed: what
 *  it told is not new any more. */
function useMissed(
  consider: (event: Event, concern: Concern) => void,
): (event: Event, concern: Concern) => void {
  const latest = useRef(consider);
  useEffect(() => {
    latest.current = consider;
  });
  const kept = useRef<{ event: Event; concern: Concern; at: number }[]>([]);
  const recent = () => kept.current.filter(({ at }) => Date.now() - at < succession_ms);
  useEffect(() =>
    leading.watch(() => {
      if (!leading.get()) return;
      for (const { event, concern } of recent()) latest.current(event, concern);
      kept.current = [];
    }),
  );
  return (event, concern) => {
    kept.current = [...recent(), { event, concern, at: Date.now() }];
  };
}
const succession_ms = 10_000;

const idIn = ({ location }: { location: { pathname: string } }) =>
  location.pathname.split('/').at(-1) ?? null;
const nameIn = ({ contact }: Pick<ConversationRow, 'contact'>) =>
  contact.name ?? contact.email ?? 'A visitor';

/** What the customer of a conversation is called. Without an answer it is told all the same. */
async function customerOf(subject: string): Promise<string> {
  if (!subject.startsWith('conv_')) return 'In a case';
  try {
    // Who it is and none of the messages.
    const { conversation } = await api.conversations.read(subject, { before: 1 });
    return nameIn(conversation);
  } catch {
    return 'A customer';
  }
}

/** Gathers what comes together, and says it as one. */
function useTelling() {
  const navigate = useNavigate();
  const held = useRef<{ kind: Concern['kind']; alert: Alert }[]>([]);
  const flush = () => {
    const now = held.current.splice(0);
    const { title, body, subject } = gathered(
      now.map(({ alert }) => alert),
      now.map(({ kind }) => kind),
    );
    const { sound, notifications } = alert_settings.get();
    const sounded = sound && chime();
    if (!notifications || !('Notification' in window) || Notification.permission !== 'granted') {
      return;
    }
    try {
      // The same conversation's next one takes the place of the last, and is heard again.
      const how = { body, tag: subject ?? 'wheelhouse', renotify: true, silent: !sound || sounded };
      const shown = new Notification(title, how);
      shown.onclick = () => {
        focus();
        shown.close();
        void navigate({ to: (subject ? `/desk/${subject}` : '/desk') as '/desk' });
      };
    } catch {
      // Allowed once, and no longer: the settings say so.
    }
  };
  return (kind: Concern['kind'], alert: Alert) => {
    if (!held.current.length) setTimeout(flush, gather_ms);
    held.current.push({ kind, alert });
  };
}

function useSoundOnClick(sound: boolean): void {
  useEffect(() => {
    if (!sound) return;
    const allow = () => void allowChime();
    for (const sign of ['pointerdown', 'keydown'] as const) addEventListener(sign, allow);
    return () => {
      for (const sign of ['pointerdown', 'keydown'] as const) removeEventListener(sign, allow);
    };
  }, [sound]);
}

/** Watches what is due in one's own conversations, in the tab that alerts. */
function useNearlyBroken(on: boolean, near: (row: ConversationRow) => void): void {
  const leads = useSyncExternalStore(leading.watch, leading.get);
  const latest = useRef(near);
  useEffect(() => {
    latest.current = near;
  });
  const { data } = useQuery({
    queryKey: keys.talkDues,
    queryFn: ({ signal }) =>
      api.conversations.list({ view: 'mine', order: 'due', limit: 50 }, { signal }),
    enabled: on && leads,
  });
  useEffect(() => {
    if (!on || !leads) return;
    const now = Date.now();
    const timers = (data?.rows ?? []).flatMap((row) => {
      const at = nearAt(row, now);
      if (at === null || at - now > longest_timer_ms) return [];
      return setTimeout(() => latest.current(row), Math.max(0, at - now));
    });
    return () => timers.forEach(clearTimeout);
  }, [on, leads, data]);
}
/** A browser's timers run no longer; what is due later is heard of again before that. */
const longest_timer_ms = 2 ** 31 - 1;
