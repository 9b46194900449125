import { type AuditVerification, event_types } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { fieldWords } from './fieldWords.ts';
import { abouts, cutOf, filterOf, tidy } from './filter.ts';
import {
  approvedHash,
  factsOf,
  faultSentence,
  findingOf,
  leadsOf,
  lineSentence,
  typeWords,
} from './words.ts';

const verification = (more: Partial<AuditVerification>): AuditVerification => ({
  ok: true,
  complete: true,
  size: 1_200,
  sealed: 1_200,
  checked: 1_200,
  root: null,
  checkpoint: null,
  faults: [],
  checked_at: '2026-01-02T03:04:05.000Z',
  ...more,
});

test('[K21] a record is called sound only when all of it was checked', () => {
  expect(findingOf(verification({}))).toMatchObject({
    state: 'sound',
    title: 'Complete, and no fault found',
    say: 'Checked 1,200 of 1,200 events sealed.',
  });
  const unfinished = findingOf(verification({ ok: false, complete: false, checked: 500 }));
  expect(unfinished.state).toBe('unfinished');
  expect(unfinished.means).toBe('Nothing can be concluded yet.');
  expect(unfinished.say).toContain('Checked 500 of 1,200 events sealed.');
  expect(unfinished.say).toContain('says nothing of the rest');
});

test('[K21] one fault outweighs everything else, finished or not', () => {
  const faults = [{ kind: 'altered' as const, leaf: 7, fault: 'its hash differs' }];
  const found = findingOf(verification({ ok: false, faults }));
  expect([found.state, found.title]).toEqual(['faulty', '1 fault found']);
  const early = findingOf(verification({ ok: false, complete: false, checked: 9, faults }));
  expect(early.state).toBe('faulty');
  expect(early.say).toContain('there may be more');
  const many = Array.from({ length: 100 }, (_, leaf) => ({ ...faults[0], leaf })) as typeof faults;
  expect(findingOf(verification({ ok: false, faults: many })).title).toBe(
    'At least 100 faults found',
  );
  expect(findingOf(verification({ ok: false })).state).toBe('faulty');
});

test('[K21] what is not sealed yet is said not to have been checked', () => {
  const { say } = findingOf(verification({ size: 1_201 }));
  expect(say).toContain('1 event not sealed yet and not checked');
});

test('[K21] a fault is told in words, with its place when it has one', () => {
  expect(faultSentence({ kind: 'removed', leaf: 1_234, fault: 'the event is gone' })).toBe(
    'Leaf 1,234 was taken out of the record: the event is gone',
  );
  expect(faultSentence({ kind: 'truncated', leaf: null, fault: '3 leaves are missing' })).toBe(
    'The record was cut short: 3 leaves are missing',
  );
});

test('[K21] filters survive the address, and what makes no sense there is left out', () => {
  const cut = { type: 'case.answered', actor: 'mem_1', subject: 'case_1' };
  expect(cutOf(cut)).toEqual(cut);
  expect(cutOf({ type: 'case.burnt', actor: ['x'], subject: '  ', cursor: '9' })).toEqual({});
  expect(cutOf({ subject: 42 })).toEqual({ subject: '42' });
  expect(cutOf({ about: 'decisions', within: '7d' })).toEqual({ about: 'decisions', within: '7d' });
  expect(cutOf({ about: 'toString', within: '9y' })).toEqual({});
  const now = Date.parse('2026-01-08T00:00:00.000Z');
  expect(filterOf({ about: 'decisions', within: '7d', actor: 'mem_1' }, now)).toEqual({
    actor: 'mem_1',
    type: abouts.decisions.join(','),
    since: '2026-01-01T00:00:00.000Z',
  });
  expect(filterOf({ about: 'decisions', type: 'case.undone' }, now)).toEqual({
    type: 'case.undone',
  });
  expect(tidy({ actor: undefined, subject: '' })).toEqual({});
});

test('[K21] a line says who did what, and leads to what it names', () => {
  const subject = `out_${'0'.repeat(26)}`;
  const case_id = `case_${'1'.repeat(26)}`;
  const evidence = 'a'.repeat(64);
  const data = { gate: 'refunds', verdict: 'hold', policy_version: 3, evidence, case_id };
  const line = { actor_name: 'Ada', type: 'output.submitted' as const, subject, data };
  expect(lineSentence(line)).toBe('Ada submitted an output to “refunds”; it was held');
  const resolved = { ...line, type: 'case.resolved' as const };
  expect(lineSentence({ ...resolved, data: { outcome: 'approved', gate: 'refunds' } })).toBe(
    'Ada approved a case of “refunds”',
  );
  expect(typeWords('output.feedback_given')).toBe('Output: feedback given');
  expect(leadsOf(line).map(({ room, rest }) => room + rest)).toEqual([
    `/data/${subject}`,
    `/desk/${case_id}`,
    '/gates/refunds',
  ]);
  const facts = factsOf(line);
  expect(facts.policy_version).toBe(3);
  expect(facts.digests).toEqual([['Digest of what was seen and said', evidence]]);
  expect(facts.rest.map(([name]) => name)).toEqual(['gate', 'verdict', 'case_id']);
});

test('[K151] every event of a promise is a sentence with its gate, and what it is of', () => {
  const line = { actor_name: 'Wheelhouse', subject: 'refund-replies' };
  const said = (type: string, data: object) =>
    lineSentence({ ...line, type: `gate.${type}` as never, data: { gate: line.subject, ...data } });
  expect(said('certified', { threshold: 0.9421, model_version: '3', tier: 'all' })).toBe(
    '“refund-replies”: certified at 0.943 for version 3',
  );
  const shop = { model: 'shop', model_version: '2', tier: 'high' };
  expect(said('alarmed', { ...shop, checks: 40, wrong: 9 })).toBe(
    '“refund-replies”: alarm for shop 2 (Risk high): more of what passed was wrong than promised, 9 of 40 spot checks',
  );
  expect(said('expired', { ...shop, why: 'unwatched' })).toBe(
    '“refund-replies”: certificate ended for shop 2 (Risk high): nobody judged its spot checks',
  );
  const eve = { ...line, actor_name: 'Eve' };
  const reason = 'The holidays';
  const signed = { type: 'gate.overridden' as const, data: { threshold: 0.2, reason } };
  expect(lineSentence({ ...eve, ...signed })).toBe(
    '“refund-replies”: Eve let more pass than is certified at 0.2: The holidays',
  );
  const ended = { type: 'gate.override_ended' as const, data: { why: 'withdrawn' } };
  expect(lineSentence({ ...eve, ...ended })).toBe(
    '“refund-replies”: as promised again: Eve ended the override',
  );
  const raw = event_types.filter((type) => {
    const words = lineSentence({ ...line, type, data: { waiting: 1 } });
    return type.startsWith('gate.') && words.includes(type.replaceAll(/[._]/g, ' '));
  });
  expect(raw).toEqual([]);
});

test('[K21] an opened line names people, and says its fields in words', () => {
  const bo = `mem_${'b'.repeat(26)}`;
  const nameOf = (id: string) => (id === bo ? 'Bo Lind' : 'a former member');
  const given = { actor_name: 'Ada', type: 'case.assigned' as const, subject: 'case_1' };
  expect(lineSentence({ ...given, data: { to: bo } }, nameOf)).toBe('Ada gave the case to Bo Lind');
  expect(lineSentence({ ...given, data: { to: null } }, nameOf)).toBe(
    'Ada gave the case to nobody',
  );
  const said = (name: string, value: unknown) => {
    const { label, text } = fieldWords('case.resolved', name, value, nameOf);
    return `${label}: ${text}`;
  };
  expect([
    said('by', [bo, `mem_${'c'.repeat(26)}`]),
    said('kind', 'single'),
    said('agreed', false),
    said('agreed', null),
    said('spent_ms', 9_000),
    said('output_id', 'out_1'),
  ]).toEqual([
    'Decided by: Bo Lind, a former member',
    'How: one person decided',
    'The AI: had said something else',
    'The AI: cannot be compared',
    'Time spent: 9 s',
    'Output id: out_1',
  ]);
  expect(fieldWords('gate.changed', 'kind', { a: 1 }, nameOf)).toEqual({
    label: 'Kind',
    text: null,
  });
});

test('[K21] a decision shows the hash of the very action it let run, and of no other', () => {
  const output = { action_hash: 'asked', outcome: { action_hash: 'edited' } } as never;
  const hash = (id: string, outcome: 'approved' | 'edited' | 'rejected') =>
    approvedHash({ output, resolutions: [{ id: 'a' }, { id: 'b' }] as never }, { id, outcome });
  expect(hash('a', 'approved')).toBe('asked');
  expect(hash('b', 'edited')).toBe('edited');
  expect(hash('a', 'edited')).toBeNull();
  expect(hash('b', 'rejected')).toBeNull();
});
