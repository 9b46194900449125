import { IconCircleCheck, IconInbox } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { ActButton } from '../../kit/ActButton.tsx';
import { Empty } from '../../kit/faces.tsx';
import { KeyHint } from '../../kit/KeyHint.tsx';
import css from './StartPane.module.css';

interface StartPaneProps {
  waiting: number;
  /** Waiting in lists other than this one. */
  elsewhere: number;
  /** The list is of decided cases, to look things up in. */
  to_read: boolean;
  /** Decided here since the page was opened. */
  done: number;
  may_decide: boolean;
  onNext: () => void;
}

/** No case is open: begin with the next one, or be told that all is done. */
export function StartPane(props: StartPaneProps) {
  const { waiting, elsewhere, to_read, done, may_decide, onNext } = props;
  if (to_read) {
    return (
      <div className={css.pane}>
        <Empty title="What was decided" icon={<IconInbox size={32} stroke={1.3} />}>
          Choose a case in the list to see who decided it, when, and why.
        </Empty>
      </div>
    );
  }
  if (!waiting && elsewhere) {
    return (
      <div className={css.pane}>
        <Empty
          title="This list is done"
          icon={<IconCircleCheck size={32} stroke={1.3} />}
          action={
            <Link to="/desk" className={css.all}>
              See all that waits
            </Link>
          }
        >
          {elsewhere === 1
            ? 'One case waits in the others.'
            : `${elsewhere.toLocaleString('en-US')} cases wait in the others.`}
        </Empty>
      </div>
    );
  }
  if (!waiting) {
    return (
      <div className={css.pane}>
        <Empty title="Nothing waits" icon={<IconCircleCheck size={32} stroke={1.3} />}>
          {done > 0 ? `You answered ${done} since you came. ` : ''}
          New cases appear here by themselves.
        </Empty>
      </div>
    );
  }
  return (
    <div className={css.pane}>
      <Empty
        title={waiting === 1 ? 'One case waits' : `${waiting.toLocaleString('en-US')} cases wait`}
        icon={<IconInbox size={32} stroke={1.3} />}
        action={
          may_decide && (
            <ActButton act_key="Enter" variant="filled" onClick={onNext}>
              Take the next case
            </ActButton>
          )
        }
      >
        {may_decide ? (
          <>
            The most urgent comes first. Or go through the list with <KeyHint of="j" /> and{' '}
            <KeyHint of="k" />.
          </>
        ) : (
          'Your role lets you look at cases, not decide them. Choose one in the list.'
        )}
      </Empty>
    </div>
  );
}
