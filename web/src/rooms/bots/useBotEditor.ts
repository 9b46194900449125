import {
  type Bot,
  BotDefinition,
  canonical,
  type FieldFault,
  type Json,
  toolFaults,
} from '@wheelhouse/core';
import { useMemo, useState } from 'react';

export interface BotEditor {
  draft: BotDefinition;
  dirty: boolean;
  /** What this page itself finds wrong. */
  faults: readonly FieldFault[];
  /** The version that the draft started from. */
  based_on: number;
  set: (change: Partial<BotDefinition>) => void;
  /** Starts again from a saved version. */
  rebase: (bot: Bot) => void;
  /** Keeps the draft, as a change of another version. */
  moveTo: (version: number) => void;
}

const plain = (definition: BotDefinition) =>
  canonical(JSON.parse(JSON.stringify(definition)) as Json);

/** What the schema says of a definition, and its tools of each other and of intents, by field. */
export const faultsIn = (draft: BotDefinition): FieldFault[] => [
  ...(BotDefinition.safeParse(draft).error?.issues ?? []).map(({ path, message }) => ({
    field: path.map(String).join('.'),
    message,
  })),
  ...toolFaults(draft.tools, draft.intents),
];

/** A bot's definition while it is edited: what it was, what it is now, and what is wrong with it. */
export function useBotEditor(bot: Bot): BotEditor {
  const [base, setBase] = useState(bot);
  const [version, setVersion] = useState(bot.version);
  const [draft, setDraft] = useState(bot.definition);
  const was = useMemo(() => plain(base.definition), [base]);
  const dirty = useMemo(() => plain(draft) !== was, [draft, was]);
  const faults = useMemo(() => faultsIn(draft), [draft]);
  return {
    draft,
    dirty,
    faults,
    based_on: version,
    set: (change) => setDraft((now) => ({ ...now, ...change })),
    rebase: (now) => {
      setBase(now);
      setVersion(now.version);
      setDraft(now.definition);
    },
    moveTo: setVersion,
  };
}
