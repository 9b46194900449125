import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconLock, IconPlus, IconX } from '@tabler/icons-react';
import type { Contact, ContactChange, Vouched } from '@wheelhouse/core';
import { useState } from 'react';
import { FormDialog } from '../../../kit/FormDialog.tsx';
import { JsonTree } from '../../../kit/JsonTree.tsx';
import css from './ContactDialog.module.css';
import { vouched_words } from './ContactFacts.tsx';
import {
  changeOf,
  isPlain,
  nameFault,
  type Typed,
  textOf,
  typedOf,
  untouched,
  writtenMeanwhile,
} from './contactForm.ts';

interface ContactDialogProps {
  /** As they are now; it may change while the dialog is open. */
  contact: Contact;
  onSave: (change: ContactChange) => Promise<unknown>;
  onClose: () => void;
}

/** What a customer says of themselves, written down: only what was typed here is sent, so that what a
 *  colleague writes meanwhile stands. */
export function ContactDialog({ contact, onSave, onClose }: ContactDialogProps) {
  const [opened] = useState(contact);
  const [typed, setTyped] = useState<Typed>(untouched);
  const change = changeOf(contact, typed);
  const wrong = typed.added.some((_, at) => nameFault(contact, typed, at));
  return (
    <FormDialog
      title="Who they are"
      act="Save"
      off={wrong || !Object.keys(change).length}
      onSubmit={() => onSave(change)}
      onClose={onClose}
    >
      {(fault) => (
        <>
          <Own of="name" label="Name" {...{ contact, opened, typed, setTyped, fault }} />
          <Own of="email" label="E-mail" {...{ contact, opened, typed, setTyped, fault }} />
          <Attributes {...{ contact, typed, setTyped, fault }} />
        </>
      )}
    </FormDialog>
  );
}

interface Part {
  contact: Contact;
  typed: Typed;
  setTyped: (typed: Typed) => void;
  fault: (field: string) => string | undefined;
}

function Own(props: Part & { of: Vouched; label: string; opened: Contact }) {
  const { of, label, contact, opened, typed, setTyped, fault } = props;
  const locked = contact.vouched.includes(of);
  const meanwhile = writtenMeanwhile(opened[of], contact[of], typed[of]);
  return (
    <TextInput
      label={label}
      description={locked ? vouched_words : meanwhile}
      readOnly={locked}
      rightSection={locked && <IconLock size={16} stroke={1.8} aria-hidden />}
      data-autofocus={(!locked && (of === 'name' || contact.vouched.includes('name'))) || undefined}
      type={of === 'email' ? 'email' : 'text'}
      autoComplete="off"
      dir="auto"
      maxLength={of === 'email' ? 320 : 200}
      value={typed[of] ?? contact[of] ?? ''}
      error={fault(of)}
      onChange={({ currentTarget }) => setTyped({ ...typed, [of]: currentTarget.value })}
    />
  );
}

/** Each by its name and in words; what has parts of its own can only be taken away. */
function Attributes({ contact, typed, setTyped, fault }: Part) {
  const { values, removed, added } = typed;
  const shown = Object.entries(contact.attributes).filter(([name]) => !removed.includes(name));
  const put = (at: number, row: Partial<Typed['added'][number]>) =>
    setTyped({ ...typed, added: added.with(at, { ...(added[at] ?? empty), ...row }) });
  return (
    <fieldset className={css.attributes}>
      <legend>What else is known</legend>
      {shown.map(([name, value]) => (
        <div key={name} className={css.row}>
          <bdi className={css.name}>{name}</bdi>
          {isPlain(value) ? (
            <TextInput
              aria-label={name}
              dir="auto"
              value={typedOf(typed, name) ?? textOf(value)}
              error={fault(`attributes.${name}`)}
              onChange={({ currentTarget }) =>
                setTyped({ ...typed, values: { ...values, [name]: currentTarget.value } })
              }
            />
          ) : (
            <JsonTree value={value} label={name} />
          )}
          <Away name={name} onClick={() => setTyped({ ...typed, removed: [...removed, name] })} />
        </div>
      ))}
      {added.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line that is being written has no name yet.
        <div key={at} className={css.row}>
          <TextInput
            aria-label="What"
            placeholder="Order"
            autoFocus
            dir="auto"
            maxLength={100}
            value={row.name}
            error={nameFault(contact, typed, at) ?? fault(`attributes.${row.name.trim()}`)}
            onChange={({ currentTarget }) => put(at, { name: currentTarget.value })}
          />
          <TextInput
            aria-label={row.name.trim() || 'Its value'}
            placeholder="KC-20418"
            dir="auto"
            value={row.value}
            onChange={({ currentTarget }) => put(at, { value: currentTarget.value })}
          />
          <Away
            name={row.name.trim() || 'this line'}
            onClick={() => setTyped({ ...typed, added: added.toSpliced(at, 1) })}
          />
        </div>
      ))}
      {fault('attributes') && (
        <p className={css.fault} role="alert">
          {fault('attributes')}
        </p>
      )}
      <Button
        variant="default"
        size="compact-sm"
        className={css.more}
        leftSection={<IconPlus size={16} stroke={1.6} />}
        onClick={() => setTyped({ ...typed, added: [...added, empty] })}
      >
        Add a line
      </Button>
    </fieldset>
  );
}

const empty = { name: '', value: '' };

const Away = ({ name, onClick }: { name: string; onClick: () => void }) => (
  <ActionIcon variant="subtle" color="gray" aria-label={`Take ${name} away`} onClick={onClick}>
    <IconX size={16} stroke={1.8} />
  </ActionIcon>
);
