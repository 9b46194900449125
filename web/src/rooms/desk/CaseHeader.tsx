import { ActionIcon } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { Case } from '@wheelhouse/core';
import { ActButton } from '../../kit/ActButton.tsx';
import { Ago } from '../../kit/Ago.tsx';
import { Marked } from '../../kit/Marked.tsx';
import { useTabTitle } from '../../kit/PageHeader.tsx';
import { PanelButton } from '../../kit/PanelButton.tsx';
import css from './CaseHeader.module.css';
import { DueClock } from './DueClock.tsx';

interface CaseHeaderProps {
  shown: Case;
  held: boolean;
  doubtful: boolean;
  nameOf: (id: string | null | undefined) => string;
  /** Null where it cannot be taken. */
  onClaim: (() => void) | null;
  /** Null while the context is in sight. */
  onContext: (() => void) | null;
  onBack: () => void;
}

/** What the case is about, whose it is, and until when. */
export function CaseHeader(props: CaseHeaderProps) {
  const { shown, held, doubtful, nameOf, onClaim, onContext, onBack } = props;
  useTabTitle(shown.title);
  // What was withdrawn meanwhile is nobody's any more.
  const holds = held && shown.state === 'waiting';
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
        <h1 className={css.title} title={shown.title.length > 80 ? shown.title : undefined}>
          <Marked text={shown.title} />
        </h1>
        <Facts shown={shown} nameOf={nameOf} />
      </div>
      <div className={css.state}>
        {holds && !doubtful && <span className={css.held}>You hold this</span>}
        {holds && doubtful && <span className={css.doubt}>Perhaps no longer yours</span>}
        {!held && onClaim && shown.state === 'waiting' && (
          <ActButton
            act_key="Enter"
            size="compact-sm"
            onClick={onClaim}
            title="You are only looking. Taking it keeps others off; deciding takes it too."
          >
            Take it
          </ActButton>
        )}
        {shown.state === 'waiting' && shown.due_at && <DueClock at={shown.due_at} />}
      </div>
      {onContext && <PanelButton label="Show the context" onOpen={onContext} />}
    </header>
  );
}

/** Where it came through, who or what it is from, and since when it waits. */
function Facts({ shown, nameOf }: Pick<CaseHeaderProps, 'shown' | 'nameOf'>) {
  const { gate_title, queue, risk, model, model_version, requested_by, created_at } = shown;
  const by_program = requested_by.startsWith('key_');
  return (
    <ul className={css.facts}>
      <li title={gate_title ?? undefined}>{gate_title ?? `Queue ${queue}`}</li>
      {risk && <li data-risk={risk}>{risk} risk</li>}
      {/* That a program asked says little where the model is named. */}
      <li>
        {(!by_program || !model) && (
          <>
            asked by <bdi>{nameOf(requested_by)}</bdi>{' '}
          </>
        )}
        <Ago at={created_at} />
      </li>
      {shown.assigned_to && (
        <li>
          for <bdi>{nameOf(shown.assigned_to)}</bdi>
        </li>
      )}
      {model && (
        <li className="one-line">
          proposed by{' '}
          <bdi>
            {model}
            {model_version && ` ${model_version}`}
          </bdi>
        </li>
      )}
    </ul>
  );
}
