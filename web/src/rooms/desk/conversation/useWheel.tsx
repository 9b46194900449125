import { Textarea } from '@mantine/core';
import type { Conversation } from '@wheelhouse/core';
import { useState } from 'react';
import { ConfirmDialog } from '../../../kit/ConfirmDialog.tsx';
import { FormDialog } from '../../../kit/FormDialog.tsx';
import type { KeyAct } from '../../../kit/keys.ts';
import { tellDone, tellFailed } from '../../../kit/tell.ts';
import { tellUndoable } from '../../../kit/tellUndoable.tsx';
import { useKeys } from '../../../kit/useKeys.ts';
import { api } from '../../../live/api.ts';
import { GiveBackDialog } from './GiveBackDialog.tsx';
import { HandOverDialog } from './HandOverDialog.tsx';

interface WheelOf {
  conversation: Conversation;
  me_id: string;
  may_act: boolean;
  leads: boolean;
  onChanged: (conversation: Conversation) => void;
}

type Asked = 'hand_back' | 'hand_off' | 'take' | 'whisper' | 'resolve' | null;

/** The acts on the wheel of one conversation, each with its key. */
export function useWheel({ conversation, me_id, may_act, leads, onChanged }: WheelOf) {
  const { id, owner, state, seq, waiting_since } = conversation;
  const [asking, ask] = useState<Asked>(null);
  const [busy, setBusy] = useState(false);
  // What stood there when somebody was about to end it: a word that comes then is not buried.
  const [seen_seq, setSeen] = useState(0);
  const [taken, setTaken] = useState(0);
  const open = state === 'open';
  const mine = open && owner.kind === 'member' && owner.id === me_id;
  const others = open && owner.kind === 'member' && !mine;
  const act = async (title: string, run: () => Promise<Conversation>) => {
    setBusy(true);
    try {
      onChanged(await run());
    } catch (problem) {
      tellFailed(title, problem);
    } finally {
      setBusy(false);
    }
  };
  const over = state === 'resolved';
  /** The customer has read that it is over, so there is no undo, but a way on. */
  const end = async (seen: number) => {
    const resolved = await api.conversations.resolve(id, { seen_seq: seen });
    tellUndoable('Resolved', () => void act('Not reopened', () => api.conversations.take(id)), {
      act: 'Reopen',
    });
    return resolved;
  };
  const took = () => setTaken((times) => times + 1);
  const may = {
    take: may_act && !mine && (!others || leads),
    hand_back: may_act && open && owner.kind !== 'bot' && (!others || leads),
    hand_off: may_act && open && (!others || leads),
    whisper: leads && others,
    resolve: may_act && open && (!others || leads),
  };
  const run = {
    take: () => {
      if (others) return ask('take');
      // What is typed before the answer comes belongs in the reply, not to the keys.
      took();
      void act('You did not get the wheel', () => api.conversations.take(id));
    },
    hand_back: () => ask('hand_back'),
    hand_off: () => ask('hand_off'),
    whisper: () => ask('whisper'),
    resolve: () => {
      // At one key, only what is one's own and owes nobody an answer.
      setSeen(seq);
      if (mine && !waiting_since) void act('Not resolved', () => end(seq));
      else ask('resolve');
    },
  };
  const acts = [
    { name: 'take', key: 't', label: others ? 'Take it over' : over ? 'Reopen' : 'Take the wheel' },
    { name: 'whisper', key: 'w', label: 'Whisper' },
    { name: 'hand_back', key: 'b', label: 'Give it back' },
    { name: 'hand_off', key: 'o', label: owner.kind === 'queue' ? 'Send on' : 'Hand over' },
    { name: 'resolve', key: 'e', label: 'Resolve' },
  ] as const;
  const shown = acts.map((one) => ({ ...one, may: may[one.name], run: run[one.name] }));
  const at_once = () => void act('Not given back', () => api.conversations.handBack(id));
  useKeys(
    [
      ...shown,
      { key: 'shift+b', label: 'Give it back at once', may: may.hand_back, run: at_once },
    ].map(
      ({ key, label, may: can, run: does }): KeyAct => ({
        ...{ key, label, group: 'Conversation', off: !can || busy, run: does },
      }),
    ),
  );
  const dialogs =
    asking === 'hand_back' ? (
      <GiveBackDialog conversation={conversation} onChanged={onChanged} onClose={() => ask(null)} />
    ) : asking === 'hand_off' ? (
      <HandOverDialog
        conversation={conversation}
        me_id={me_id}
        onChanged={onChanged}
        onClose={() => ask(null)}
      />
    ) : asking === 'resolve' ? (
      <ConfirmDialog
        title="End this conversation?"
        act="Resolve"
        onAct={async () => onChanged(await end(seen_seq))}
        onClose={() => ask(null)}
      >
        {waiting_since ? 'The customer waits for an answer. ' : ''}They read that it is over, and
        may write again. You may reopen it.
      </ConfirmDialog>
    ) : (
      asking && (
        <WheelDialog
          asking={asking}
          id={id}
          name={owner.name}
          onChanged={onChanged}
          onTaken={took}
          onClose={() => ask(null)}
        />
      )
    );
  const take = may.take ? run.take : null;
  return { acts: shown, busy, mine, others, wanted: open && !others, take, taken, dialogs };
}
export type Wheel = ReturnType<typeof useWheel>;

const dialogs = {
  take: {
    title: (name: string) => `Take the wheel from ${name}?`,
    act: 'Take it over',
    label: 'Why (optional)',
    field: 'note',
    say: 'Whoever has it is told that you took it, and reads this. The customer reads only who answers.',
    done: 'You have the wheel',
    needed: false,
    run: (id: string, note?: string) =>
      api.conversations.take(id, { force: true, ...(note ? { note } : {}) }),
  },
  whisper: {
    title: (name: string) => `Whisper to ${name}`,
    act: 'Whisper',
    label: 'What to say',
    field: 'text',
    say: 'They see it at once beside the conversation. The customer does not, nor does the AI.',
    done: 'Whispered',
    needed: true,
    run: async (id: string, text = '') => {
      await api.conversations.whisper(id, { text });
      return undefined;
    },
  },
} as const;

interface WheelDialogProps {
  asking: keyof typeof dialogs;
  id: string;
  /** Who has the wheel. */
  name: string;
  onChanged: (conversation: Conversation) => void;
  onTaken: () => void;
  onClose: () => void;
}

function WheelDialog({ asking, id, name, onChanged, onTaken, onClose }: WheelDialogProps) {
  const { title, act, label, field, say, done, needed, run } = dialogs[asking];
  const [text, setText] = useState('');
  return (
    <FormDialog
      title={title(name)}
      act={act}
      off={needed && !text.trim()}
      onClose={onClose}
      onSubmit={async () => {
        const changed = await run(id, text.trim() || undefined);
        if (changed) onChanged(changed);
        tellDone(done);
        onClose();
        if (asking === 'take') onTaken();
      }}
    >
      {(fault) => (
        <Textarea
          label={label}
          description={say}
          data-autofocus
          autosize
          minRows={3}
          maxRows={10}
          value={text}
          error={fault(field)}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
      )}
    </FormDialog>
  );
}
