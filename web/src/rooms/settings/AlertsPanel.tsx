import { Switch } from '@mantine/core';
import { useState } from 'react';
import { allowChime, chime } from '../../kit/chime.ts';
import { Panel } from '../../kit/Panel.tsx';
import {
  alert_settings,
  type Barred,
  barred,
  turnOnNotifications,
  useAlertSettings,
} from '../../live/alertSettings.ts';
import css from './Rows.module.css';

const why: Record<Barred | 'unanswered', string> = {
  insecure: 'A browser allows them over https alone, or on this computer itself.',
  unable: 'This browser shows none from a page.',
  blocked:
    'This browser blocks them for this page. Allow notifications in its settings for this site, then turn them on here.',
  unanswered: 'The browser was not told yet whether it may. Turn them on again and allow them.',
};

/** What somebody is alerted by, in this browser. */
export function AlertsPanel() {
  const { sound, notifications } = useAlertSettings();
  const [answer, setAnswer] = useState<Barred | 'unanswered' | null>(null);
  const bar = barred() ?? answer;
  return (
    <Panel
      title="Sound and notifications"
      say="For a customer who waits for you, a message while you look elsewhere, your name in a note, and a promise that is broken or nearly so. Kept in this browser; quiet while you are away."
    >
      <div className={css.form}>
        <Switch
          label="Sound"
          description="Two short notes. After a reload the browser sounds once you have clicked or typed."
          checked={sound && bar !== 'insecure'}
          disabled={bar === 'insecure'}
          onChange={({ currentTarget }) => {
            const { checked } = currentTarget;
            alert_settings.set({ sound: checked });
            if (checked) void allowChime().then(chime);
          }}
        />
        <Switch
          label="Notifications"
          description="By the browser, also while this page is hidden. They name the customer and say none of their words."
          checked={notifications && bar === null}
          disabled={bar === 'insecure' || bar === 'unable'}
          error={bar && why[bar]}
          onChange={({ currentTarget }) => {
            if (currentTarget.checked) void turnOnNotifications().then(setAnswer);
            else alert_settings.set({ notifications: false });
          }}
        />
      </div>
    </Panel>
  );
}
