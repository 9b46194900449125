import { Button, Textarea, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { CannedReply } from '@wheelhouse/core';
import { useState } from 'react';
import { ActButton } from '../../kit/ActButton.tsx';
import { ConfirmDialog } from '../../kit/ConfirmDialog.tsx';
import { FormDialog } from '../../kit/FormDialog.tsx';
import { FourFaces, Lines } from '../../kit/faces.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { tellDone } from '../../kit/tell.ts';
import { useKeys } from '../../kit/useKeys.ts';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { mayAs, useMe } from '../../live/session.ts';
import { NameField, nameFault } from './NameField.tsx';
import css from './Rows.module.css';

/** Words that are written often; a reply finds them by `/`. */
export function CannedRepliesSection() {
  const replies = useQuery({ queryKey: keys.canned_replies, queryFn: api.canned_replies.list });
  const may = mayAs(useMe().role, 'lead');
  const [editing, edit] = useState<CannedReply | 'new' | null>(null);
  useKeys([
    { key: 'n', label: 'New reply', group: 'Canned replies', off: !may, run: () => edit('new') },
  ]);
  return (
    <>
      <Panel
        title="Canned replies"
        say="What is written often. Type / in a reply to find one; braces are filled in."
        aside={
          may && (
            <ActButton act_key="n" variant="filled" onClick={() => edit('new')}>
              New reply
            </ActButton>
          )
        }
        flush
      >
        <FourFaces
          of={replies}
          skeleton={<Lines count={4} />}
          empty={({ rows }) =>
            !rows.length && (
              <p className={css.none}>
                None yet.{' '}
                {may ? 'Keep the first one with New reply.' : 'A lead can keep the first one.'}
              </p>
            )
          }
        >
          {({ rows }) => (
            <ul className={css.list}>
              {rows.map((reply) => (
                <ReplyRow key={reply.name} reply={reply} may={may} onEdit={() => edit(reply)} />
              ))}
            </ul>
          )}
        </FourFaces>
      </Panel>
      {editing && (
        <ReplyDialog reply={editing === 'new' ? null : editing} onClose={() => edit(null)} />
      )}
    </>
  );
}

interface ReplyRowProps {
  reply: CannedReply;
  may: boolean;
  onEdit: () => void;
}

function ReplyRow({ reply, may, onEdit }: ReplyRowProps) {
  const { name, title, text } = reply;
  return (
    <li className={css.row}>
      <div className={css.words}>
        <span className={css.name}>
          <bdi>{title}</bdi>
        </span>
        <span className={css.fine}>
          <code>/{name}</code> · <bdi>{text.slice(0, 160)}</bdi>
        </span>
      </div>
      {may && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={onEdit}
          aria-label={`Change the reply ${title}`}
        >
          Change
        </Button>
      )}
    </li>
  );
}

function ReplyDialog({ reply, onClose }: { reply: CannedReply | null; onClose: () => void }) {
  const cache = useQueryClient();
  const [name, setName] = useState(reply?.name ?? '');
  const [title, setTitle] = useState(reply?.title ?? '');
  const [text, setText] = useState(reply?.text ?? '');
  const [removing, setRemoving] = useState(false);
  const done = async (word: string) => {
    tellDone(word);
    await cache.invalidateQueries({ queryKey: keys.canned_replies });
    onClose();
  };
  if (reply && removing) return <RemoveDialog reply={reply} onDone={done} onClose={onClose} />;
  return (
    <FormDialog
      title={reply ? `Change “${reply.title}”` : 'New canned reply'}
      act={reply ? 'Save' : 'Keep it'}
      off={!name || !text.trim() || nameFault(name) !== undefined}
      onClose={onClose}
      onSubmit={async () => {
        const given = title.trim() ? { title: title.trim() } : {};
        await api.canned_replies.save(name, { ...given, text });
        await done(reply ? 'The reply is changed' : 'The reply is kept');
      }}
    >
      {(fault) => (
        <>
          {!reply && (
            <NameField
              name={name}
              description="What is typed after /, and stays."
              placeholder="thanks"
              fault={fault('name')}
              onName={setName}
            />
          )}
          <TextInput
            label="Title"
            value={title}
            error={fault('title')}
            onChange={({ currentTarget }) => setTitle(currentTarget.value)}
          />
          <Textarea
            label="Words"
            description="{contact.name}, {contact.email} and {me.name} are filled in."
            autosize
            minRows={3}
            maxRows={12}
            value={text}
            error={fault('text')}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
          />
          {reply && (
            <Button variant="subtle" color="gray" onClick={() => setRemoving(true)}>
              Remove this reply
            </Button>
          )}
        </>
      )}
    </FormDialog>
  );
}

interface RemoveDialogProps {
  reply: CannedReply;
  onDone: (word: string) => Promise<void>;
  onClose: () => void;
}

const RemoveDialog = ({ reply, onDone, onClose }: RemoveDialogProps) => (
  <ConfirmDialog
    title={`Remove “${reply.title}”?`}
    act="Remove it"
    onAct={async () => {
      await api.canned_replies.remove(reply.name);
      await onDone('The reply is removed');
    }}
    onClose={onClose}
  >
    Nobody finds it by / any more. What was said with it stays said.
  </ConfirmDialog>
);
