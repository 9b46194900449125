import { ActionIcon, Button, Menu, NumberInput, Select, TagsInput } from '@mantine/core';
import { IconDownload, IconEraser, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Conversation, ConversationChange, Posture } from '@wheelhouse/core';
import { useState } from 'react';
import { ActButton } from '../../../kit/ActButton.tsx';
import { Ago } from '../../../kit/Ago.tsx';
import { KeyHint } from '../../../kit/KeyHint.tsx';
import { tellFailed } from '../../../kit/tell.ts';
import { api } from '../../../live/api.ts';
import { keys } from '../../../live/cache.ts';
import { addressOf } from '../../../live/request.ts';
import { mayAs, useMe } from '../../../live/session.ts';
import { ContactFacts, Dial } from './ContactFacts.tsx';
import css from './CustomerPanel.module.css';
import { EraseDialog } from './EraseDialog.tsx';
import { wheelWords } from './words.ts';

interface CustomerPanelProps {
  conversation: Conversation;
  may_act: boolean;
  onChanged: (conversation: Conversation) => void;
  /** Asks what is to be written down of the customer; null for those who may not. */
  onWrite: (() => void) | null;
  /** Asks which conversation it is to go on in; null for those who may not merge it. */
  onMerge: (() => void) | null;
  onOpen: (id: string) => void;
  onClose: () => void;
}

/** Who writes, what the team keeps of this conversation, and what they wrote before. */
export function CustomerPanel(props: CustomerPanelProps) {
  const { conversation, onClose } = props;
  const { hand_off } = conversation;
  return (
    <aside className={css.panel} aria-label="Customer">
      <header className={css.top}>
        <h2>Customer</h2>
        <KeyHint of="i" />
        <ActionIcon
          variant="subtle"
          color="gray"
          onClick={onClose}
          aria-label="Put the customer away"
          aria-keyshortcuts="i"
        >
          <IconX size={16} stroke={1.8} />
        </ActionIcon>
      </header>
      <ContactFacts conversation={conversation} onWrite={props.onWrite} />
      {conversation.call_back && <ToCallBack left={conversation.call_back} />}
      <Kept {...props} />
      {hand_off && (
        <section>
          <h3>Hand-off</h3>
          <Link to={`/data/${hand_off.output_id}` as '/data'}>What the AI asked for, and why</Link>
        </section>
      )}
      <TranscriptFiles id={conversation.id} />
      <Erasing conversation={conversation} />
      <Before {...props} />
    </aside>
  );
}

/** Where the customer can be reached, and when it suits them. */
function ToCallBack({ left }: { left: NonNullable<Conversation['call_back']> }) {
  const { phone, email, time, asked_at, done_at } = left;
  const facts = [
    ['Telephone', phone && <Dial number={phone} />],
    ['E-mail', email && <a href={`mailto:${email}`}>{email}</a>],
    ['Suits', time],
    ['Asked', asked_at && <Ago at={asked_at} />],
    ['Done', done_at && <Ago at={done_at} />],
  ] as const;
  return (
    <section aria-label="To be called back">
      <h3>{done_at ? 'Called back' : 'To be called back'}</h3>
      <dl>
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name} style={{ display: 'contents' }}>
                <dt>{name}</dt>
                <dd dir="auto">{value}</dd>
              </div>
            ),
        )}
      </dl>
      {!done_at && <span className={css.fine}>Whoever has done it resolves the conversation.</span>}
    </section>
  );
}

const postures = [
  { value: '', label: 'As the AI does elsewhere' },
  { value: 'auto', label: 'By itself' },
  { value: 'draft', label: 'Drafts that a person sends' },
  { value: 'off', label: 'Not at all' },
];

/** What the team keeps of it; each change is saved as it is made. */
function Kept({ conversation, may_act, onChanged }: CustomerPanelProps) {
  const { id, labels, priority, posture } = conversation;
  const [urgency, setUrgency] = useState<number | string>(priority);
  const save = (body: Partial<ConversationChange>) =>
    api.conversations.change(id, body).then(onChanged, (problem) => {
      tellFailed('Not saved', problem);
    });
  return (
    <>
      <TagsInput
        label="Labels"
        size="sm"
        value={labels}
        maxTags={50}
        maxLength={100}
        disabled={!may_act}
        onChange={(next) => void save({ labels: next })}
      />
      <NumberInput
        label="Priority"
        size="sm"
        min={-100}
        max={100}
        allowDecimal={false}
        value={urgency}
        disabled={!may_act}
        onChange={setUrgency}
        onBlur={() => {
          const next = Number(urgency);
          if (Number.isInteger(next) && next !== priority) void save({ priority: next });
        }}
      />
      <Select
        label="The AI speaks here"
        size="sm"
        data={postures}
        value={posture ?? ''}
        allowDeselect={false}
        disabled={!may_act}
        onChange={(next) => void save({ posture: (next || null) as Posture | null })}
      />
    </>
  );
}

const files = [
  { label: 'Text', query: {} },
  { label: 'Text, with notes', query: { notes: true } },
  { label: 'Markdown', query: { format: 'markdown' } },
  { label: 'JSON, with notes', query: { format: 'json', notes: true } },
];

/** The conversation as a file to take along. */
const TranscriptFiles = ({ id }: { id: string }) => (
  <Menu width={200} position="bottom-start" shadow="md">
    <Menu.Target>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconDownload size={16} stroke={1.6} />}
      >
        Transcript
      </Button>
    </Menu.Target>
    <Menu.Dropdown>
      {files.map(({ label, query }) => (
        <Menu.Item
          key={label}
          component="a"
          href={addressOf(`/conversations/${id}/transcript`, query)}
          download
        >
          {label}
        </Menu.Item>
      ))}
    </Menu.Dropdown>
  </Menu>
);

/** An admin erases what the customer asked to have erased. */
function Erasing({ conversation }: Pick<CustomerPanelProps, 'conversation'>) {
  const { role } = useMe();
  const [asking, setAsking] = useState(false);
  const { erased_at, contact } = conversation;
  return (
    <>
      {erased_at && (
        <span className={css.fine}>
          {contact.erased_at ? 'The customer' : 'The conversation'} was erased{' '}
          <Ago at={erased_at} />. What happened to it is still on record.
        </span>
      )}
      {mayAs(role, 'admin') && !contact.erased_at && (
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconEraser size={16} stroke={1.6} />}
          onClick={() => setAsking(true)}
        >
          Erase…
        </Button>
      )}
      {asking && <EraseDialog conversation={conversation} onClose={() => setAsking(false)} />}
    </>
  );
}

const most_before = 10;

function Before({ conversation, onMerge, onOpen }: CustomerPanelProps) {
  const filter = { contact_id: conversation.contact.id, limit: most_before + 1 };
  const { data } = useQuery({
    queryKey: keys.talkList(filter),
    queryFn: ({ signal }) => api.conversations.list(filter, { signal }),
  });
  const rows = (data?.rows ?? []).filter(({ id }) => id !== conversation.id);
  return (
    <section>
      <div className={css.with_act}>
        <h3>Other conversations</h3>
        {onMerge && (
          <ActButton act_key="l" size="compact-sm" onClick={onMerge}>
            Merge
          </ActButton>
        )}
      </div>
      {data && !rows.length && <span className={css.fine}>None.</span>}
      <ul className={css.others}>
        {rows.slice(0, most_before).map((row) => (
          <li key={row.id}>
            <button type="button" className={css.other} onClick={() => onOpen(row.id)}>
              <span className="one-line">{row.last?.text || row.title || 'Nothing said'}</span>
              <span className={css.fine}>
                {wheelWords(row, '')} · <Ago at={row.active_at} />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
