import type { LiveView } from '@wheelhouse/core';
import { momentText } from '../../kit/duration.ts';
import { Panel } from '../../kit/Panel.tsx';
import table from '../../kit/table.module.css';
import { useNames } from '../../live/session.ts';
import css from './LivePage.module.css';

/** Each bot: how many conversations it has, and whether it is stopped, since when and by whom. */
export function Bots({ bots }: Pick<LiveView, 'bots'>) {
  const nameOf = useNames();
  return (
    <Panel title="AI" say="Each bot, and the conversations that it has just now." flush>
      {bots.length === 0 ? (
        <p className={table.none}>There is no bot yet.</p>
      ) : (
        <div className={table.scroll}>
          <table className={`${table.table} ${table.stack}`} aria-label="AI">
            <thead>
              <tr>
                <th>Bot</th>
                <th className={table.figure}>Conversations</th>
                <th>State</th>
              </tr>
            </thead>
            <tbody>
              {bots.map(({ name, title, conversations, stopped_at, stopped_by }) => (
                <tr key={name}>
                  <td>
                    <bdi>{title}</bdi>
                  </td>
                  <td className={table.figure} data-label="conversations">
                    {conversations}
                  </td>
                  <td>
                    {stopped_at ? (
                      <span className={css.stopped}>
                        Stopped since {momentText(stopped_at)} by {nameOf(stopped_by)}
                      </span>
                    ) : (
                      'Answers'
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
