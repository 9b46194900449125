import { VisuallyHidden } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import type { Contact, Conversation, Vouched } from '@wheelhouse/core';
import { phone_attribute } from '@wheelhouse/core';
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
  const phone = attributes[phone_attribute];
  const has_phone = typeof phone === 'string' || typeof phone === 'number';
  const locked = (field: Vouched) => vouched.includes(field);
  return (
    <section className={css.facts} aria-label="Who they are">
      <dl>
        <Fact name="Name" value={name} locked={locked('name')} />
        <Fact name="E-mail" value={email} locked={locked('email')} />
        {has_phone && <Fact name="Telephone" value={<Dial number={String(phone)} />} />}
        <Fact name="Id" value={external_id} />
        <Fact name="Language" value={spokenBy(contact.language, language)} />
        <Fact name="Channel" value={channel} />
        {Object.entries(attributes)
          .filter(([attribute]) => !(has_phone && attribute === phone_attribute))
          .map(([attribute, value]) => (
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
  if (contact.verified) return 'your site vouches for them';
  return isNamed(contact) ? 'what they said themselves' : null;
}

/** What is written down of their language, and that they write another here. */
function spokenBy(own: string | null, here: string | null): string | null {
  if (!own || !here) return languageText(own ?? here ?? '') || null;
  const [known, written] = [languageText(own), languageText(here)];
  return own.split('-')[0] === here.split('-')[0] ? known : `${known}, writes ${written} here`;
}

/** A telephone number that can be called. */
export const Dial = ({ number }: { number: string }) => (
  <a href={`tel:${number.replaceAll(/[^\d+]/g, '')}`}>{number}</a>
);

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
