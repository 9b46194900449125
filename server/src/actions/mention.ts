import { invalid, type Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { namesOf } from '../store/members.ts';

/** @throws Refusal invalid, naming whoever is no member here */
export async function checkMentions(tx: Tx, scope: Scope, mentions: string[]): Promise<void> {
  const names = await namesOf(tx, scope, mentions);
  const unknown = mentions.find((id) => !names.has(id));
  if (unknown) throw invalid({ field: 'mentions', message: `${unknown} is no member here` });
}
