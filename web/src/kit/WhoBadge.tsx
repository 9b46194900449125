import {
  IconCpu,
  IconSettings,
  IconUser,
  IconUserCheck,
  IconUserQuestion,
} from '@tabler/icons-react';
import css from './WhoBadge.module.css';
import type { Who } from './who.ts';

const faces = {
  person: { word: 'Person', Icon: IconUser },
  customer: { word: 'Customer', Icon: IconUser },
  ai: { word: 'AI', Icon: IconCpu },
  ai_approved: { word: 'AI, approved by a person', Icon: IconUserCheck },
  system: { word: 'System', Icon: IconSettings },
  unknown: { word: 'Not known whether a person or an AI', Icon: IconUserQuestion },
} as const;

/** Round for people, square for AI, square with a round mark when a person approved it, a plain
 *  outline for the system and for whoever is not known. */
export function WhoBadge({ who, name }: { who: Who; name?: string }) {
  const { word, Icon } = faces[who];
  return (
    <span className={css.badge} data-who={who}>
      <span className={css.shape}>
        <Icon size={14} stroke={1.8} aria-hidden="true" />
      </span>
      {name && name.toLowerCase() !== word.toLowerCase() ? (
        <span className={css.name}>
          <bdi>{name}</bdi> <span className={css.word}>{word}</span>
        </span>
      ) : (
        <span className={css.name}>{word}</span>
      )}
    </span>
  );
}
