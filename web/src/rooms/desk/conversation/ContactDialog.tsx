import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import { IconLock, IconPlus, IconX } from '@tabler/icons-react';
import { type Contact, type ContactChange, phone_attribute, type Vouched } from '@wheelhouse/core';
import { useState } from 'react';
import { FormDialog } from '../../../kit/FormDialog.tsx';
import { JsonTree } from '../../../kit/JsonTree.tsx';
import { languageChoices } from '../../../kit/languageText.ts';
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
  const part = { contact, typed, setTyped };
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
          <Own of="name" label="Name" error={fault('name')} opened={opened} {...part} />
          <Own of="email" label="E-mail" error={fault('email')} opened={opened} {...part} />
          <Phone {...part} error={fault(`attributes.${phone_attribute}`)} />
          <Select
            label="Language"
            placeholder="Not known"
            data={languageChoices([contact.language])}
            value={typed.language === undefined ? contact.language : typed.language}
            error={sentenceOf('Language', fault('language'))}
            searchable
            clearable
            nothingFoundMessage="No language by that name"
            onChange={(language) => setTyped({ ...typed, language })}
          />
          <Attributes {...part} faults={faultsIn(part, fault)} error={fault('attributes')} />
        </>
      )}
    </FormDialog>
  );
}

interface Part {
  contact: Contact;
  typed: Typed;
  setTyped: (typed: Typed) => void;
}

/** What is wrong, as a sentence that names the field. */
const sentenceOf = (field: string, fault: string | undefined) => fault && `${field} ${fault}.`;

/** What the server says of single attributes, by name. */
type Faults = ReadonlyMap<string, string | undefined>;
function faultsIn({ contact, typed }: Part, fault: (field: string) => string | undefined): Faults {
  const names = [...Object.keys(contact.attributes), ...typed.added.map(({ name }) => name.trim())];
  return new Map(names.map((name) => [name, fault(`attributes.${name}`)]));
}

interface OwnProps extends Part {
  of: Vouched;
  label: string;
  opened: Contact;
  error: string | undefined;
}

function Own({ of, label, contact, opened, typed, setTyped, error }: OwnProps) {
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
      error={sentenceOf(label, error)}
      onChange={({ currentTarget }) => setTyped({ ...typed, [of]: currentTarget.value })}
    />
  );
}

/** The one attribute that has a field, so that every colleague writes it at the same place. */
function Phone({ contact, typed, setTyped, error }: Part & { error: string | undefined }) {
  const value = contact.attributes[phone_attribute] ?? null;
  if (!isPlain(value)) return null;
  return (
    <TextInput
      label="Telephone"
      type="tel"
      autoComplete="off"
      maxLength={40}
      value={typedOf(typed, phone_attribute) ?? textOf(value)}
      error={sentenceOf('Telephone', error)}
      onChange={({ currentTarget }) =>
        setTyped({ ...typed, values: { ...typed.values, [phone_attribute]: currentTarget.value } })
      }
    />
  );
}

interface AttributesProps extends Part {
  /** What is wrong with all of them together. */
  error: string | undefined;
  faults: Faults;
}

function Attributes({ error, faults, ...part }: AttributesProps) {
  const { contact, typed, setTyped } = part;
  const { removed, added } = typed;
  const shown = Object.entries(contact.attributes)
    .filter(
      ([name, value]) => !removed.includes(name) && !(name === phone_attribute && isPlain(value)),
    )
    .map(([name]) => name);
  return (
    <fieldset className={css.attributes}>
      <legend>What else is known</legend>
      {shown.map((name) => (
        <Known key={name} name={name} error={faults.get(name)} {...part} />
      ))}
      {added.map((_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line that is being written has no name yet.
        <Added key={at} at={at} faults={faults} {...part} />
      ))}
      {error && <p className={css.fault}>{sentenceOf('What else is known', error)}</p>}
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

interface KnownProps extends Part {
  name: string;
  error: string | undefined;
}

/** One that is there; what has parts of its own can only be taken away. */
function Known({ name, error, contact, typed, setTyped }: KnownProps) {
  const { values, removed } = typed;
  const value = contact.attributes[name];
  return (
    <div className={css.row}>
      <bdi className={css.name}>{name}</bdi>
      {isPlain(value) ? (
        <TextInput
          aria-label={name}
          dir="auto"
          value={typedOf(typed, name) ?? textOf(value)}
          error={sentenceOf(`“${name}”`, error)}
          onChange={({ currentTarget }) =>
            setTyped({ ...typed, values: { ...values, [name]: currentTarget.value } })
          }
        />
      ) : (
        <JsonTree value={value} label={name} />
      )}
      <Away name={name} onClick={() => setTyped({ ...typed, removed: [...removed, name] })} />
    </div>
  );
}

interface AddedProps extends Part {
  /** Which of those that are added. */
  at: number;
  faults: Faults;
}

function Added({ at, faults, contact, typed, setTyped }: AddedProps) {
  const { added } = typed;
  const row = added[at] ?? empty;
  const own = row.name.trim();
  const put = (change: Partial<typeof empty>) =>
    setTyped({ ...typed, added: added.with(at, { ...row, ...change }) });
  return (
    <div className={css.row}>
      <TextInput
        aria-label="What"
        placeholder="Order"
        autoFocus
        dir="auto"
        maxLength={100}
        value={row.name}
        error={sentenceOf(
          own ? `“${own}”` : 'This line',
          nameFault(contact, typed, at) ?? faults.get(own),
        )}
        onChange={({ currentTarget }) => put({ name: currentTarget.value })}
      />
      <TextInput
        aria-label={own || 'Its value'}
        placeholder="KC-20418"
        dir="auto"
        value={row.value}
        onChange={({ currentTarget }) => put({ value: currentTarget.value })}
      />
      <Away
        name={own || 'this line'}
        onClick={() => setTyped({ ...typed, added: added.toSpliced(at, 1) })}
      />
    </div>
  );
}

const Away = ({ name, onClick }: { name: string; onClick: () => void }) => (
  <ActionIcon variant="subtle" color="gray" aria-label={`Take ${name} away`} onClick={onClick}>
    <IconX size={16} stroke={1.8} />
  </ActionIcon>
);
