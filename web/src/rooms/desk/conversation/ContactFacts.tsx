import { VisuallyHidden } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { Contact, Conversation, Vouched } from '@wheelhouse/core';
import { Fragment, type ReactNode } from 'react';
import { ActButton } from '../../../kit/ActButton.tsx';
import { Ago } from '../../../kit/Ago.tsx';
import { JsonTree } from '../../../kit/JsonTree.tsx';
import { languageText } from '../../../kit/languageText.ts';
import css from './CustomerPanel.module.css';

interface ContactFactsProps {
  conversation: Conversation;
  /** Asks what is to be written down of them; null for those who may not. */
  onWrite: (() => void) | null;
}

/** Why a field of a contact is not changed here. */
export const vouched_words = 'Your site vouches for it by its signed token.';

/** Who a customer is, and how that is known. */
export function ContactFacts({ conversation, onWrite }: ContactFactsProps) {
  const { contact, channel, language } = conversation;
  const { name, email, external_id, attributes, vouched } = contact;
  const spoken = language ?? contact.language;
  const locked = (field: Vouched) => vouched.includes(field);
  return (
    <section className={css.facts} aria-label="Who they are">
      <dl>
        <Fact name="Name" value={name} locked={locked('name')} />
        <Fact name="E-mail" value={email} locked={locked('email')} />
        <Fact name="Id" value={external_id} />
        <Fact name="Language" value={spoken && languageText(spoken)} />
        <Fact name="Channel" value={channel} />
        {Object.entries(attributes).map(([attribute, value]) => (
          <Attribute key={attribute} name={attribute} value={value} />
        ))}
        <Fact name="Known by" value={knownBy(contact)} />
        <Fact name="First seen" value={<Ago at={contact.created_at} />} />
      </dl>
      {onWrite && (
        <ActButton act_key="c" size="compact-sm" onClick={onWrite}>
          {isNamed(contact) ? 'Change' : 'Write down who they are'}
        </ActButton>
      )}
    </section>
  );
}

/** Whether anything is known of who they are. */
const isNamed = ({ name, email, attributes }: Contact): boolean =>
  name !== null || email !== null || Object.keys(attributes).length > 0;

/** Of whom nothing is known there is nothing to say it by. */
function knownBy(contact: Contact): string | null {
  if (contact.verified) return 'the shop vouches for them';
  return isNamed(contact) ? 'what they said themselves' : null;
}

function Fact({ name, value, locked }: { name: string; value: ReactNode; locked?: boolean }) {
  if (value === null || value === '') return null;
  return (
    <Fragment>
      <dt>{name}</dt>
      <dd dir="auto">
        {value}
        {locked && (
          <span className={css.lock} title={vouched_words}>
            <IconLock size={14} stroke={1.8} aria-hidden />
            <VisuallyHidden>{vouched_words}</VisuallyHidden>
          </span>
        )}
      </dd>
    </Fragment>
  );
}

/** What has parts of its own stands below its name. */
function Attribute({ name, value }: { name: string; value: unknown }) {
  if (value === null || value === '') return null;
  if (typeof value !== 'object') return <Fact name={name} value={String(value)} />;
  return (
    <Fragment>
      <dt className={css.wide}>{name}</dt>
      <dd className={css.parts}>
        <JsonTree value={value} />
      </dd>
    </Fragment>
  );
}
