import { invited, type Person, password, personAt } from '../../server/src/testing/person.ts';
import { enrolFirst, startProgram } from './program.ts';

/** One address of the web app, and a text that is there once it is filled. */
export interface ShopPage {
  name: string;
  path: string;
  shows: string | RegExp;
  /** For those who are not signed in. */
  public?: boolean;
}

/** The demo workspace, worked in for a while, with an admin signed in. */
export interface Shop {
  url: string;
  cookie: string;
  pages: ShopPage[];
  close(): Promise<void>;
}

export async function openShop(): Promise<Shop> {
  const program = await startProgram();
  try {
    const ana = await enrolFirst(program);
    await program.says(/went through its gates/);
    const token = await invited(ana, 'new@example.com', 'reviewer');
    const reset = await resetToken(ana, await joined(program.url, ana));
    const output_id = await decideSome(ana);
    await ana.call('POST /webhooks', { url: 'https://receiver.invalid/hook', types: [] });
    const { body } = await ana.call<{ rows: { id: string }[] }>('GET /cases?queue=actions');
    const [waiting] = body.rows;
    if (!waiting) throw new Error('No case waits in the demo workspace.');
    return {
      url: program.url,
      cookie: ana.cookie(),
      pages: pagesOf({ token, reset }, waiting.id, output_id),
      close: () => program.clear(),
    };
  } catch (thrown) {
    await program.clear();
    throw thrown;
  }
}

/** Someone beside the admin. @returns their id */
async function joined(url: string, ana: Person): Promise<string> {
  const email = 'bo@example.com';
  const token = await invited(ana, email, 'reviewer');
  const body = { token, name: 'Bo Lind', email, password };
  return (await personAt(url).call<{ id: string }>('POST /enrolments', body)).body.id;
}

const resetToken = async (ana: Person, member_id: string) => {
  const { body } = await ana.call<{ link: string }>(`POST /members/${member_id}/password-reset`);
  return new URL(body.link).searchParams.get('token') as string;
};

interface Claimed {
  id: string;
  output_id: string;
  lease: { epoch: number };
  form: { questions: { name: string; kind: string; options?: { value: string }[] }[] };
  suggestion: { values: Record<string, unknown> } | null;
}

/** Decides as people do: most as the AI said, some not; so that Home has something to tell.
 *  @returns an output whose life has most in it */
async function decideSome(ana: Person): Promise<string> {
  const claim = async (queue: string, limit: number) =>
    (await ana.call<{ cases: Claimed[] }>(`POST /queues/${queue}/claim`, { limit })).body.cases;
  const answer = (one: Claimed, body: object) =>
    ana.call(`POST /cases/${one.id}/answers`, {
      epoch: one.lease.epoch,
      spent_ms: 9_000,
      ...body,
    });
  const messages = await claim('support', 14);
  for (const [at, one] of messages.entries()) {
    const [question] = one.form.questions;
    const said = at % 6 === 5 ? undefined : one.suggestion?.values;
    const other = { [question?.name ?? '']: question?.options?.[at]?.value };
    await answer(one, { values: said ?? other, shown_suggestion: true });
  }
  const [first, ...others] = await claim('actions', 4);
  if (!first) throw new Error('The demo agent asked for nothing.');
  await ana.call(`POST /cases/${first.id}/notes`, {
    text: 'Called the customer; all as they say.',
  });
  await answer(first, { values: { verdict: 'approve' } });
  for (const one of others) {
    await answer(one, {
      values: { verdict: 'reject', reason: 'Not what the customer asked for.' },
    });
  }
  return first.output_id;
}

const pagesOf = (
  { token, reset }: { token: string; reset: string },
  case_id: string,
  output_id: string,
): ShopPage[] => [
  { name: 'sign-in', path: '/sign-in', shows: 'No account yet', public: true },
  { name: 'enrol', path: `/enrol?token=${token}`, shows: 'Your name', public: true },
  { name: 'reset', path: `/enrol?token=${reset}`, shows: 'New password', public: true },
  { name: 'home', path: '/', shows: 'Support messages' },
  { name: 'desk', path: '/desk', shows: 'Support messages' },
  { name: 'case', path: `/desk/${case_id}`, shows: 'What would happen' },
  { name: 'conversations', path: '/desk?view=open', shows: 'Maeve Tierney' },
  { name: 'live', path: '/live', shows: 'Longest unanswered' },
  { name: 'reports', path: '/reports', shows: 'Conversations begun' },
  { name: 'bots', path: '/bots', shows: 'Cairn' },
  { name: 'bot', path: '/bots/shop', shows: 'Enamel' },
  { name: 'bot-intents', path: '/bots/shop?tab=intents', shows: 'Delivery times' },
  { name: 'gates', path: '/gates', shows: 'Account closures' },
  { name: 'gate', path: '/gates/support-intents', shows: /would be held/ },
  { name: 'gate-promise', path: '/gates/message-topics?tab=promise', shows: 'Certified' },
  { name: 'gate-plan', path: '/gates/message-topics?tab=plan', shows: 'People' },
  { name: 'gate-rules', path: '/gates/refunds', shows: 'Spot checks' },
  { name: 'gate-people', path: '/gates/refunds?tab=people', shows: 'People and time' },
  { name: 'gate-versions', path: '/gates/refunds?tab=versions', shows: 'What differs' },
  { name: 'data', path: '/data', shows: 'Confidence' },
  { name: 'output', path: `/data/${output_id}`, shows: /submitted/i },
  { name: 'audit', path: '/audit', shows: /verif|check/i },
  { name: 'account', path: '/settings/account', shows: 'My account' },
  { name: 'members', path: '/settings/members', shows: 'new@example.com' },
  { name: 'queues', path: '/settings/queues', shows: 'Customer support' },
  { name: 'replies', path: '/settings/replies', shows: 'Canned replies' },
  { name: 'keys', path: '/settings/keys', shows: 'Larkspur assistant' },
  { name: 'webhooks', path: '/settings/webhooks', shows: 'receiver.invalid/hook' },
];
