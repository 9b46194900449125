import { Menu, TextInput } from '@mantine/core';
import type { Conversation } from '@wheelhouse/core';
import { useState } from 'react';
import { ActButton } from '../../../kit/ActButton.tsx';
import { minuteText } from '../../../kit/duration.ts';
import { FormDialog } from '../../../kit/FormDialog.tsx';
import { tellFailed } from '../../../kit/tell.ts';
import { tellUndoable } from '../../../kit/tellUndoable.tsx';
import { useEscape } from '../../../kit/useEscape.ts';
import { useKeys } from '../../../kit/useKeys.ts';
import { api } from '../../../live/api.ts';
import css from './ConversationHeader.module.css';
import { snoozeTimes } from './snoozeTimes.ts';

interface SnoozeProps {
  conversation: Conversation;
  /** Whoever looks has the wheel. */
  mine: boolean;
  onChanged: (conversation: Conversation) => void;
}

/** Puts a conversation aside until a time, or brings it back. */
export function Snooze({ conversation, mine, onChanged }: SnoozeProps) {
  const { id, snoozed_until } = conversation;
  const [opened, setOpened] = useState(false);
  const [choosing, setChoosing] = useState(false);
  const back = () =>
    void api.conversations.unsnooze(id).then(onChanged, (problem) => {
      tellFailed('Not brought back', problem);
    });
  const put = async (at: Date) => {
    onChanged(await api.conversations.snooze(id, at.toISOString()));
    tellUndoable(`Put aside until ${minuteText(at.getTime())}`, back);
  };
  const act = snoozed_until ? back : () => setOpened(true);
  const label = snoozed_until ? 'Bring it back' : 'Snooze';
  const may = mine || snoozed_until !== null;
  useKeys([{ key: 'z', label, group: 'Conversation', off: !may, run: act }]);
  useEscape(opened, () => setOpened(false));
  if (!may) return null;
  if (snoozed_until) {
    return (
      <>
        <span className={css.fine}>Put aside until {minuteText(snoozed_until)}</span>
        <ActButton act_key="z" size="compact-sm" variant="default" onClick={back}>
          {label}
        </ActButton>
      </>
    );
  }
  return (
    <>
      <Menu
        opened={opened}
        onChange={setOpened}
        // A menu closes on keys outside of it, and so on the very key that opens it, once it has been open.
        clickOutsideEvents={['mousedown', 'touchstart']}
        width={280}
        position="bottom-end"
        shadow="md"
      >
        <Menu.Target>
          <ActButton act_key="z" size="compact-sm" variant="default">
            {label}
          </ActButton>
        </Menu.Target>
        <Menu.Dropdown>
          {snoozeTimes(new Date()).map(({ label: name, at }) => (
            <Menu.Item
              key={name}
              onClick={() => put(at).catch((problem) => tellFailed('Not put aside', problem))}
              rightSection={<span className={css.fine}>{minuteText(at.getTime())}</span>}
            >
              {name}
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => setChoosing(true)}>At a time…</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {choosing && <ChooseTime onPut={put} onClose={() => setChoosing(false)} />}
    </>
  );
}

interface ChooseTimeProps {
  onPut: (at: Date) => Promise<void>;
  onClose: () => void;
}

function ChooseTime({ onPut, onClose }: ChooseTimeProps) {
  const [text, setText] = useState('');
  return (
    <FormDialog
      title="Put it aside"
      act="Snooze"
      off={!text}
      onClose={onClose}
      onSubmit={async () => {
        await onPut(new Date(text));
        onClose();
      }}
    >
      {(fault) => (
        <TextInput
          label="Until"
          description="It comes back at that time, or when the customer writes."
          type="datetime-local"
          data-autofocus
          value={text}
          error={fault('until')}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
      )}
    </FormDialog>
  );
}
