import { IconCpu, IconSettings, IconUser, IconUserCheck } from '@tabler/icons-react';
import css from './WhoBadge.module.css';

/** Who speaks or acts. A person is never mistaken for a machine: told apart by shape and word. */
export type Who = 'person' | 'customer' | 'ai' | 'ai_approved' | 'system';

const faces = {
  person: { word: 'Person', Icon: IconUser },
  customer: { word: 'Customer', Icon: IconUser },
  ai: { word: 'AI', Icon: IconCpu },
  ai_approved: { word: 'AI, approved by a person', Icon: IconUserCheck },
  system: { word: 'System', Icon: IconSettings },
} as const;

/** Round for people, square for AI, square with a round mark when a person approved it, a plain
 *  outline for the system. */
export function WhoBadge({ who, name }: { who: Who; name?: string }) {
  const { word, Icon } = faces[who];
  return (
    <span className={css.badge} data-who={who}>
      <span className={css.shape}>
        <Icon size={14} stroke={1.8} aria-hidden="true" />
      </span>
      {name && name !== word ? (
        <span className={css.name}>
          <bdi>{name}</bdi> <span className={css.word}>{word}</span>
        </span>
      ) : (
        <span className={css.name}>{word}</span>
      )}
    </span>
  );
}

/** Who someone is in a transcript, from how senders name themselves. */
export function whoOf(from: string): Who {
  const said = from.trim().toLowerCase();
  if (/^(assistant|ai|bot|agent|model|chatbot)\b/.test(said)) return 'ai';
  if (/^(system|tool|function)\b/.test(said)) return 'system';
  return 'person';
}
