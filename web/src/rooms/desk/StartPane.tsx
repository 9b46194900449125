import { IconCircleCheck, IconInbox } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ActButton } from '../../kit/ActButton.tsx';
import { Empty } from '../../kit/faces.tsx';
import { KeyHint } from '../../kit/KeyHint.tsx';
import { RoomLink } from '../../kit/RoomLink.tsx';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { mayAs, useMe } from '../../live/session.ts';
import { isTalkView, type View, views } from './place.ts';
import css from './StartPane.module.css';

export interface StartPaneProps {
  view: View;
  /** Waiting in the list that is worked on. */
  waiting: number;
  /** Waiting in lists other than this one. */
  elsewhere: number;
  /** Decided here since the page was opened. */
  done: number;
  may_decide: boolean;
  begins_with: 'customer' | 'case';
  onNext: () => void;
}

/** Lists to look things up in, rather than to work through. */
const to_read: Partial<Record<View, { title: string; say: string }>> = {
  resolved: {
    title: 'What was decided',
    say: 'Choose a case in the list to see who decided it, when, and why.',
  },
  bot: { title: 'With the AI', say: 'Choose a conversation in the list to read along.' },
  open: { title: 'All open conversations', say: 'Choose one in the list to read it.' },
  snoozed: { title: 'Snoozed conversations', say: 'Each comes back by itself at its time.' },
  ended: { title: 'Resolved conversations', say: 'Choose one in the list to read it.' },
  mentions: { title: 'Where you are named', say: 'Choose one in the list to read the note.' },
};

/** No case is open: begin with the next one, or be told that all is done and where to go on. */
export function StartPane(props: StartPaneProps) {
  const { view, waiting, elsewhere } = props;
  const reading = to_read[view];
  return (
    <div className={css.pane}>
      {reading && waiting > 0 ? (
        <Empty title={reading.title} icon={<IconInbox size={32} stroke={1.3} />}>
          {reading.say}
        </Empty>
      ) : isTalkView(view) ? (
        <Empty title="Nothing in this list" icon={<IconInbox size={32} stroke={1.3} />}>
          {views.find((known) => known.view === view)?.empty}
        </Empty>
      ) : waiting > 0 ? (
        <Begin {...props} />
      ) : elsewhere > 0 ? (
        <Empty
          title={props.done > 0 ? 'This list is done' : 'Nothing in this list'}
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
      ) : (
        <AllDone done={props.done} />
      )}
    </div>
  );
}

function Begin({ waiting, may_decide, begins_with, onNext }: StartPaneProps) {
  const say: ReactNode = may_decide ? (
    <>
      The most urgent comes first. Or go through the list with <KeyHint of="j" /> and{' '}
      <KeyHint of="k" />.
    </>
  ) : (
    'Your role lets you look at cases, not decide them. Choose one in the list.'
  );
  return (
    <Empty
      title={waiting === 1 ? 'One case waits' : `${waiting.toLocaleString('en-US')} cases wait`}
      icon={<IconInbox size={32} stroke={1.3} />}
      action={may_decide && <TakeNext onNext={onNext} of={begins_with} />}
    >
      {say}
    </Empty>
  );
}

interface TakeNextProps {
  onNext: () => void;
  of?: StartPaneProps['begins_with'];
  wide?: boolean;
}
export const TakeNext = ({ onNext, of = 'case', wide }: TakeNextProps) => (
  <ActButton act_key="Enter" variant="filled" onClick={onNext} {...(wide ? { size: 'md' } : {})}>
    {of === 'customer' ? 'Open who waits first' : 'Take the next case'}
  </ActButton>
);

function AllDone({ done }: Pick<StartPaneProps, 'done'>) {
  const me = useMe();
  const gates = useQuery({ queryKey: keys.gates, queryFn: api.gates.list });
  const bare = gates.data?.rows.length === 0;
  return (
    <Empty
      title="Nothing waits"
      icon={<IconCircleCheck size={32} stroke={1.3} />}
      action={
        bare && mayAs(me.role, 'builder') ? (
          <RoomLink room="/gates" className={css.all}>
            Make the first gate
          </RoomLink>
        ) : (
          <Link to="/desk" search={{ view: 'resolved' }} className={css.all}>
            See what was decided
          </Link>
        )
      }
    >
      {bare
        ? 'No gate stands here yet. What one holds waits here for a person.'
        : `${done > 0 ? `You answered ${done} since you came. ` : ''}New cases appear here by themselves.`}
    </Empty>
  );
}
