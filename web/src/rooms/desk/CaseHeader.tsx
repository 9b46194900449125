import { ActionIcon } from '@mantine/core';
import { IconArrowLeft, IconLayoutSidebarRight } from '@tabler/icons-react';
import type { Case } from '@wheelhouse/core';
import { Ago } from '../../kit/Ago.tsx';
import { Marked } from '../../kit/Marked.tsx';
import { useTabTitle } from '../../kit/PageHeader.tsx';
import css from './CaseHeader.module.css';
import { useContextPanel } from './context/useContextPanel.ts';
import { DueClock } from './DueClock.tsx';

interface CaseHeaderProps {
  shown: Case;
  held: boolean;
  nameOf: (id: string | null | undefined) => string;
  onBack: () => void;
}

/** What the case is about, whose it is, and until when. */
export function CaseHeader({ shown, held, nameOf, onBack }: CaseHeaderProps) {
  useTabTitle(shown.title);
  const context = useContextPanel();
  const { gate_title, queue, risk, model, model_version, requested_by, created_at } = shown;
  return (
    <header className={css.header}>
      <ActionIcon
        className={css.back}
        variant="subtle"
        color="gray"
        size={40}
        onClick={onBack}
        aria-label="Back to the list"
      >
        <IconArrowLeft size={20} stroke={1.6} />
      </ActionIcon>
      <div className={css.words}>
        <h1
          className={`${css.title} own-direction`}
          title={shown.title.length > 160 ? shown.title : undefined}
        >
          <Marked text={shown.title} />
        </h1>
        <ul className={css.facts}>
          <li>{gate_title ?? `Queue ${queue}`}</li>
          {risk && <li data-risk={risk}>{risk} risk</li>}
          <li>
            asked by <bdi>{nameOf(requested_by)}</bdi> <Ago at={created_at} />
          </li>
          {model && (
            <li>
              {model}
              {model_version && ` ${model_version}`}
            </li>
          )}
          {shown.assigned_to && (
            <li>
              for <bdi>{nameOf(shown.assigned_to)}</bdi>
            </li>
          )}
        </ul>
      </div>
      <div className={css.state}>
        {held && <span className={css.held}>You hold this</span>}
        {shown.state === 'waiting' && shown.due_at && <DueClock at={shown.due_at} />}
      </div>
      {context.roomy && !context.open && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          onClick={context.toggle}
          aria-label="Show the context"
          aria-keyshortcuts="i"
          title="Show the context (I)"
        >
          <IconLayoutSidebarRight size={18} stroke={1.6} />
        </ActionIcon>
      )}
    </header>
  );
}
