import { Link } from '@tanstack/react-router';
import type { LiveConversation, LiveView } from '@wheelhouse/core';
import { Ago } from '../../kit/Ago.tsx';
import { Panel } from '../../kit/Panel.tsx';
import table from '../../kit/table.module.css';
import { ownerWords } from '../../kit/wheelWords.ts';
import css from './LivePage.module.css';
import { Waited } from './Waited.tsx';

interface TalksProps {
  title: string;
  say: string;
  /** Said when there are none. */
  none: string;
  talks: LiveView['unanswered'];
}

/** Conversations with who has them; each opens the conversation, to read along. */
export function Talks({ title, say, none, talks: { count, rows } }: TalksProps) {
  return (
    <Panel
      title={title}
      say={say}
      aside={count > rows.length ? `the first ${rows.length} of ${count}` : undefined}
      flush
    >
      {rows.length === 0 ? (
        <p className={table.none}>{none}</p>
      ) : (
        <div className={`${table.scroll} ${css.list}`}>
          <table className={`${table.table} ${table.stack}`} aria-label={title}>
            <thead>
              <tr>
                <th>Customer</th>
                <th>Who has it</th>
                <th className={table.tight}>Waits</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <td>
                    <TalkLink talk={row} />
                  </td>
                  <td>{ownerWords(row.owner)}</td>
                  <td className={table.tight}>
                    {row.waiting_since ? (
                      <Waited since={row.waiting_since} />
                    ) : (
                      <span className={css.fine}>
                        spoke <Ago at={row.active_at} short />
                      </span>
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

/** Opens a conversation to read along; the wheel stays where it is. */
export const TalkLink = ({ talk: { id, customer } }: { talk: LiveConversation }) => (
  <Link to={`/desk/${id}` as '/desk'} className={table.open} data-row>
    <bdi>{customer ?? 'Visitor'}</bdi>
  </Link>
);
