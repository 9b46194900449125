import { expect, test } from 'vitest';
import { whoOf } from './who.ts';

test.each([
  [{ from: 'Cairn', author_kind: 'bot' }, 'ai'],
  [{ from: 'Cairn', author_kind: 'bot', approved: true }, 'ai_approved'],
  [{ from: 'AI Hassan', author_kind: 'contact' }, 'customer'],
  [{ from: 'Rita', author_kind: 'member' }, 'person'],
  [{ from: 'System', author_kind: 'system' }, 'system'],
  [{ from: 'customer' }, 'customer'],
  [{ from: ' Assistant' }, 'ai'],
  [{ from: 'tool' }, 'system'],
  [{ from: 'human' }, 'person'],
  // Nobody is taken for a person, or for a machine, by their name.
  [{ from: 'Cairn' }, 'unknown'],
  [{ from: 'Agent Smith' }, 'unknown'],
] as const)('[W72] %o is shown as %s', (said, who) => expect(whoOf(said)).toBe(who));
