import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { Case } from '@wheelhouse/core';
import { Ago } from '../../../kit/Ago.tsx';
import { eventWords } from '../../../kit/eventWords.ts';
import { Lines, Loading } from '../../../kit/faces.tsx';
import { KeyHint } from '../../../kit/KeyHint.tsx';
import css from './ContextPanel.module.css';
import { Earlier } from './Earlier.tsx';
import { GateFacts } from './GateFacts.tsx';
import { historyOf } from './history.ts';
import { Part } from './Part.tsx';
import { Steps } from './Steps.tsx';
import { useJudgedBy, useLife } from './useCaseContext.ts';

interface ContextPanelProps {
  shown: Case;
  nameOf: (id: string | null | undefined) => string;
  me_id: string;
  /** Puts it away; where there is no room for both, that is the way back to the case. */
  onClose: () => void;
}

/** What stands around a case: the gate that held it, what the clock will do, how such cases were
 *  decided before, and what happened to this one. Nothing here says what another rater answered, or
 *  what the AI said where that is kept from whoever decides. */
export function ContextPanel({ shown, nameOf, me_id, onClose }: ContextPanelProps) {
  const judged = useJudgedBy(shown);
  return (
    <aside className={css.panel} aria-label="Context">
      <header className={css.head}>
        <h2 className={css.heading}>Context</h2>
        <KeyHint of="i" />
        <ActionIcon
          variant="subtle"
          color="gray"
          size="md"
          onClick={onClose}
          aria-label="Put the context away"
          aria-keyshortcuts="i"
        >
          <IconX size={16} stroke={1.8} />
        </ActionIcon>
      </header>
      {shown.gate && <GateFacts shown={shown} judged={judged} />}
      <Steps shown={shown} policy={judged.policy} />
      {shown.gate && <Earlier shown={shown} />}
      <History shown={shown} nameOf={nameOf} me_id={me_id} />
    </aside>
  );
}

function History({ shown, nameOf, me_id }: Omit<ContextPanelProps, 'onClose'>) {
  const life = useLife(shown);
  const opened = (
    <li className={css.event}>
      <span>
        <b>
          <bdi>{nameOf(shown.requested_by)}</bdi>
        </b>{' '}
        opened it
      </span>
      <Ago at={shown.created_at} />
    </li>
  );
  return (
    <Part title="What happened to it">
      {shown.output_id !== null && !life.data && !life.isError ? (
        <Loading>
          <Lines count={3} />
        </Loading>
      ) : (
        <ol className={css.events}>
          {life.data
            ? historyOf(shown, life.data.events).map(({ event, who }) => (
                <li key={event.cursor} className={css.event}>
                  <span>
                    <b>
                      <bdi>{event.actor === me_id ? 'You' : (who ?? 'Someone')}</bdi>
                    </b>{' '}
                    {eventWords(event, nameOf)}
                  </span>
                  <Ago at={event.at} short />
                </li>
              ))
            : opened}
        </ol>
      )}
    </Part>
  );
}
