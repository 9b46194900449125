import type { Case } from '@wheelhouse/core';
import { useEffect, useRef } from 'react';
import { ActionFrame } from '../../kit/ActionFrame.tsx';
import { Loading } from '../../kit/faces.tsx';
import { Parts } from '../../kit/Parts.tsx';
import { ActBar } from './ActBar.tsx';
import { CaseHeader } from './CaseHeader.tsx';
import css from './CaseScreen.module.css';
import { CaseTranscript } from './conversation/CaseTranscript.tsx';
import { EditPane } from './EditPane.tsx';
import { FormPane } from './FormPane.tsx';
import { Notes } from './Notes.tsx';
import { Notices } from './Notices.tsx';
import { PassedOn } from './PassedOn.tsx';
import { PassPane } from './PassPane.tsx';
import { RejectPane } from './RejectPane.tsx';
import { Resolved } from './Resolved.tsx';
import { useActs } from './useActs.ts';
import { useIntact } from './useIntact.ts';
import { Why } from './Why.tsx';
import type { AnswerBody } from './work.ts';

export interface CaseScreenProps {
  shown: Case;
  /** The conversation that a held reply is for; null for any other case. */
  reply_to: string | null;
  /** Whether they may have the wheel of a conversation. */
  may_act: boolean;
  /** Opens a conversation, or another case. */
  onOpen: (id: string) => void;
  /** Whether we hold it. */
  held: boolean;
  /** The hold has probably run out: its time is past and the server out of reach. */
  doubtful: boolean;
  /** It was answered here, and it is not known whether the answer arrived. */
  unsure: boolean;
  /** Nothing may be decided here (role, request of one's own, held by another), and why. */
  barred: string | null;
  nameOf: (id: string | null | undefined) => string;
  me_id: string;
  may_assign: boolean;
  /** Keys mean the selected cases now, not this one. */
  selecting: boolean;
  onClaim: () => void;
  /** On to a case that may be decided; null where this one may be, or none is to be worked on. */
  onNext: (() => void) | null;
  onDecide: (body: AnswerBody) => void;
  onUndo: (() => void) | null;
  onAssign: () => void;
  /** Null while the context is in sight. */
  onContext: (() => void) | null;
  onBack: () => void;
}

/** One case: why it is here, what is known, what would happen, and what is asked. */
export function CaseScreen(props: CaseScreenProps) {
  const { shown, held, barred, nameOf, me_id } = props;
  const intact = useIntact(shown.action);
  const { answer, acts, passing, active, setActive, note_ref } = useActs(props, intact);
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    top.current?.scrollTo(0, 0);
  }, []);
  // A try that failed leads to what is wrong.
  const { tries } = answer;
  useEffect(() => {
    if (!tries) return;
    const wrong = top.current?.querySelector('[data-fault], [aria-invalid=true]');
    wrong?.scrollIntoView({ block: 'center' });
    if (wrong instanceof HTMLElement && wrong.matches('input, textarea')) wrong.focus();
  }, [tries]);
  const open = shown.state === 'waiting';
  const edited = answer.verdict?.edit;
  return (
    <article className={css.case} aria-label={shown.title}>
      <CaseHeader
        shown={shown}
        held={held}
        doubtful={props.doubtful}
        nameOf={nameOf}
        onClaim={barred === null ? props.onClaim : null}
        onContext={props.onContext}
        onBack={props.onBack}
      />
      <Notices
        shown={shown}
        barred={barred}
        answer={answer}
        nameOf={nameOf}
        me_id={me_id}
        onNext={props.onNext}
        doubtful={props.doubtful}
        unsure={props.unsure}
      />
      <div className={css.scroll} ref={top}>
        <div className={css.column}>
          {!open && (
            <Resolved
              shown={shown}
              reply_to={props.reply_to}
              nameOf={nameOf}
              me_id={me_id}
              onUndo={props.onUndo}
            />
          )}
          <Why shown={shown} may_decide={barred === null} />
          <PassedOn shown={shown} nameOf={nameOf} />
          {shown.action && <ActionFrame frame={shown.action} intact={intact} />}
          {props.reply_to ? (
            <CaseTranscript
              id={props.reply_to}
              shown={shown}
              may_act={props.may_act}
              onOpen={props.onOpen}
              nameOf={nameOf}
            />
          ) : (
            <Parts parts={shown.parts} of_conversation={shown.model?.startsWith('bot:') ?? false} />
          )}
          {open && (
            <FormPane
              shown={shown}
              answer={answer}
              active={active}
              onActivate={setActive}
              disabled={barred !== null}
            />
          )}
          {open && answer.editing && edited && answer.original !== undefined && (
            <EditPane
              original={answer.original}
              value={answer.values[edited] ?? null}
              schema={edited === 'arguments' ? (shown.action?.arguments_schema ?? null) : null}
              faults={answer.faults.filter(({ field }) => field.startsWith(`values.${edited}`))}
              name={edited}
              onChange={(value) => answer.set(edited, value)}
            />
          )}
          {open && answer.rejecting && !passing.status && <RejectPane answer={answer} />}
          {open && passing.status && <PassPane passing={passing} />}
          <Notes case_id={shown.id} field={note_ref} />
        </div>
      </div>
      {open && <ActBar acts={acts} selecting={props.selecting} />}
    </article>
  );
}

/** The shape of a case, while one is fetched. */
export function CaseSkeleton() {
  return (
    <div className={css.case}>
      <Loading>
        <div className={css.column}>
          <div className={css.bone} style={{ width: '60%', height: 28 }} />
          <div className={css.bone} style={{ width: '35%' }} />
          <div className={css.bone} style={{ height: 88 }} />
          <div className={css.bone} style={{ height: 160 }} />
          <div className={css.bone} style={{ height: 120 }} />
        </div>
      </Loading>
    </div>
  );
}
