import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AuditEntry, entryHash, entryText } from './audit.ts';
import { canonical, type Json } from './json.ts';
import { leafHash } from './merkle.ts';

const text = fc.string({ unit: 'binary' }).map((value) => value.toWellFormed());
const entry = fc.record({
  workspace_id: text,
  seq: fc.nat(),
  type: text,
  subject: text,
  actor: text,
  actor_kind: text,
  data: fc.dictionary(text, fc.jsonValue()),
  at: text,
}) as unknown as fc.Arbitrary<AuditEntry>;

test('[O6] the text of an entry is its one canonical form, whatever stands in its fields', () => {
  fc.assert(
    fc.property(entry, (one) => {
      const said = canonical(one as unknown as Json);
      expect(entryText(one)).toBe(said);
      expect(entryHash(one)).toEqual(leafHash(new TextEncoder().encode(said)));
    }),
  );
});
