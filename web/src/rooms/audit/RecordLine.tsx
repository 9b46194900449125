import { Button } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import type { AuditLine } from '@wheelhouse/core';
import { type ReactNode, useId, useState } from 'react';
import { Ago } from '../../kit/Ago.tsx';
import { clockText } from '../../kit/duration.ts';
import { JsonTree } from '../../kit/JsonTree.tsx';
import { RoomLink } from '../../kit/RoomLink.tsx';
import { WhoBadge } from '../../kit/WhoBadge.tsx';
import { useNames } from '../../live/session.ts';
import { DecidedPart } from './DecidedPart.tsx';
import { fieldWords } from './fieldWords.ts';
import type { Cut } from './filter.ts';
import css from './RecordLine.module.css';
import { factsOf, leadsOf, lineSentence } from './words.ts';

interface RecordLineProps {
  line: AuditLine;
  onCut: (change: Cut) => void;
}

const kinds = {
  member: 'A person',
  key: 'A program, by its key',
  contact: 'A customer',
  system: 'The server itself',
};

/** One line of the record; opened, everything that its leaf binds. */
export function RecordLine({ line, onCut }: RecordLineProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const nameOf = useNames();
  return (
    <li className={css.line}>
      <button
        type="button"
        className={css.head}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
        data-row
      >
        <IconChevronRight size={16} stroke={1.6} className={css.mark} aria-hidden="true" />
        <span className={css.said}>
          <bdi>{lineSentence(line, nameOf)}</bdi>
        </span>
        <span className={css.about} title={line.subject}>
          {typeof line.data.gate === 'string' && line.data.gate !== line.subject && (
            <bdi>{line.data.gate}</bdi>
          )}{' '}
          {/^[a-z]+_[0-9a-z]{26}$/.test(line.subject) && <code>…{line.subject.slice(-6)}</code>}
        </span>
        <span className={css.leaf}>
          {line.leaf === null ? 'not sealed yet' : `leaf ${line.leaf.toLocaleString('en-US')}`}
        </span>
        <span className={css.when}>
          <Ago at={line.at} short />
        </span>
      </button>
      {open && (
        <div id={id} className={css.body}>
          <Details line={line} />
          <DecidedPart line={line} />
          <div className={css.acts}>
            {leadsOf(line).map(({ room, rest, words }) => (
              <RoomLink key={rest} room={room} rest={rest} className={css.link}>
                {words}
              </RoomLink>
            ))}
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => onCut({ subject: line.subject })}
            >
              All about this subject
            </Button>
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => onCut({ actor: line.actor })}
            >
              All by the same
            </Button>
          </div>
        </div>
      )}
    </li>
  );
}

function Details({ line }: { line: AuditLine }) {
  const { policy_version, digests, rest } = factsOf(line);
  const nameOf = useNames();
  const rows: [string, ReactNode][] = [
    [
      'Who',
      <span key="who" className={css.who}>
        {line.actor_kind === 'key' ? (
          <bdi>{line.actor_name}</bdi>
        ) : (
          <WhoBadge
            who={line.actor_kind === 'member' ? 'person' : 'system'}
            name={line.actor_name}
          />
        )}
        <span className={css.quiet}>
          {kinds[line.actor_kind]}, <code>{line.actor}</code>
        </span>
      </span>,
    ],
    ['What', <code key="what">{line.type}</code>],
    ['To what', <code key="subject">{line.subject}</code>],
    ['When', <time key="when">{clockText(line.at)}</time>],
    ...(policy_version === null
      ? []
      : [['Policy version', `version ${policy_version}`] as [string, ReactNode]]),
    ...digests.map(([name, digest]): [string, ReactNode] => [
      name,
      <code key={name} className={css.hash}>
        {digest}
      </code>,
    ]),
    ...rest.map(([name, value]): [string, ReactNode] => {
      const { label, text } = fieldWords(line.type, name, value, nameOf);
      return [
        label,
        text === null ? <JsonTree key={name} value={value} /> : <bdi key={name}>{text}</bdi>,
      ];
    }),
    ['Leaf', line.leaf === null ? 'not sealed yet' : line.leaf.toLocaleString('en-US')],
    [
      'Leaf hash',
      line.leaf_hash ? (
        <code key="hash" className={css.hash}>
          {line.leaf_hash}
        </code>
      ) : (
        'not sealed yet'
      ),
    ],
  ];
  return (
    <dl className={css.facts}>
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
