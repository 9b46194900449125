import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';

let server: TestServer;
let agent: Caller & { id: string };
let bob: Caller & { id: string };
let cyd: Caller & { id: string };
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  agent = await server.keyFor('builder');
  bob = await server.keyFor('reviewer');
  cyd = await server.keyFor('reviewer');
});
afterAll(() => server?.stop());

const labels = [{ value: 'place' }];
const form = {
  questions: [
    { name: 'places', kind: 'span', part: 'note', labels },
    { name: 'hands', kind: 'region', part: 'photo', labels },
  ],
};
const parts = [
  { kind: 'text', name: 'note', text: 'From Lisbon' },
  { kind: 'json', name: 'photo', value: 'https://example.com/a.png' },
];
const span = (start: number, end: number) => ({ start, end, label: 'place' });
const box = (x: number, width: number) => ({
  label: 'place',
  shape: { x, y: 0, width, height: 1 },
});
const opened = async (quorum: object = {}) =>
  (await agent.call<{ id: string }>('POST /cases', { parts, form, quorum })).body.id;
const answered = (by: Caller, id: string, values: object) =>
  by.call<{ resolution: object | null }>(`POST /cases/${id}/answers`, { values });

test.each<[string, object, string]>([
  ['past the text', { places: [span(5, 12)], hands: [box(0, 1)] }, 'values.places.0.end'],
  ['over another', { places: [span(0, 5), span(4, 6)], hands: [box(0, 1)] }, 'values.places.1'],
  [
    'past the picture',
    { places: [span(5, 11)], hands: [box(0.5, 0.6)] },
    'values.hands.0.shape.width',
  ],
  ['twice', { places: [span(5, 11)], hands: [box(0, 1), box(0, 1)] }, 'values.hands.1'],
])('[C8] a mark %s is refused by its place, and the case waits on', async (_how, values, field) => {
  const id = await opened();
  const refused = await answered(bob, id, values);
  expect(refused).toMatchObject({ status: 422, body: { code: 'invalid', errors: [{ field }] } });
  expect((await bob.call(`GET /cases/${id}`)).body).toMatchObject({
    state: 'waiting',
    answers_in: 0,
  });
  const fine = { places: [span(5, 11)], hands: [box(0.5, 0.5)] };
  expect((await answered(bob, id, fine)).body.resolution).not.toBeNull();
});

test('[C2] two who mark the same in another order agree', async () => {
  const id = await opened({ approvals: 2, of: 2 });
  await answered(bob, id, { places: [span(0, 4), span(5, 11)], hands: [box(0, 1), box(0, 0.5)] });
  const last = { places: [span(5, 11), span(0, 4)], hands: [box(0, 0.5), box(0, 1)] };
  expect((await answered(cyd, id, last)).body.resolution).toMatchObject({ kind: 'quorum' });
});

test.each<[string, object[], string]>([
  ['is not there', [parts[1] as object], 'form.questions.0.part'],
  ['is no text', [{ ...parts[1], name: 'note' }, parts[1] as object], 'form.questions.0.part'],
  ['stands twice', [...parts, parts[0] as object], 'parts.2.name'],
])('[C8] a case whose part to mark %s is not opened', async (_how, shown, field) => {
  const reply = await agent.call('POST /cases', { parts: shown, form });
  expect(reply).toMatchObject({ status: 422, body: { errors: [{ field }] } });
});

test('[C8] an output that has no text where the gate asks to mark one is refused, and nothing of it kept', async () => {
  const asked = { questions: [{ name: 'places', kind: 'span', part: 'content', labels }] };
  await agent.call('PUT /gates/marked', { policy: { mode: 'always' }, form: asked });
  const refused = await agent.call('POST /gates/marked/outputs', { content: { a: 1 } });
  expect(refused).toMatchObject({ status: 422, body: { errors: [{ field: 'content' }] } });
  const { body } = await agent.call<{ case_id: string }>('POST /gates/marked/outputs', {
    content: 'From Lisbon',
  });
  // The text is what is marked, and no suggestion of marks.
  expect((await bob.call(`GET /cases/${body.case_id}`)).body).toMatchObject({
    parts: [{ kind: 'prose', name: 'content', text: 'From Lisbon' }],
    suggestion: null,
  });
  const done = await answered(bob, body.case_id, { places: [span(5, 11)] });
  expect(done.body.resolution).toMatchObject({ outcome: 'answered', agreed: null });
});

test('[O11] an edit to nothing, or of content that is not there, is refused', async () => {
  const asked = { questions: [{ name: 'verdict', kind: 'verdict', edit: 'content' }] };
  await agent.call('PUT /gates/edited', { policy: { mode: 'always' }, form: asked });
  const held = async (output: object) =>
    (await agent.call<{ case_id: string }>('POST /gates/edited/outputs', output)).body.case_id;
  const to = (content: unknown) => ({ verdict: 'edit', content });
  const wrong = { status: 422, body: { errors: [{ field: 'values.content' }] } };
  expect(await answered(bob, await held({ content: 'a reply' }), to(null))).toMatchObject(wrong);
  const bare = await held({ action: { name: 'pay', arguments: {} } });
  expect(await answered(bob, bare, to('a reply'))).toMatchObject(wrong);
});
