import { Webhook as Signer } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { verifyWebhook, WheelhouseError } from './index.ts';

const secret = `whsec_${btoa('a secret of thirty-two characters')}`;
const id = 'del_01k8z6t3v6q9w2m4n7p8r5s0t1';
const body = JSON.stringify({ specversion: '1.0', type: 'output.decided', said: 'grüß 👋' });
const at_ms = Date.parse('2026-03-01T12:00:00Z');
const signed = (with_secret = secret, text = body, time_ms = at_ms) => ({
  'webhook-id': id,
  'webhook-timestamp': String(Math.floor(time_ms / 1_000)),
  'webhook-signature': new Signer(with_secret).sign(id, new Date(time_ms), text),
});
const refusal = (run: () => unknown): string => {
  try {
    run();
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(WheelhouseError);
    return (thrown as WheelhouseError).code;
  }
  return 'let through';
};

test('[D3] [D9] what the reference library signs is read, as text, bytes, or any kind of headers', () => {
  const message = JSON.parse(body);
  expect(verifyWebhook(body, signed(), secret, at_ms)).toEqual(message);
  expect(verifyWebhook(new TextEncoder().encode(body), signed(), [secret], at_ms)).toEqual(message);
  expect(verifyWebhook(Buffer.from(body), signed(), secret, at_ms)).toEqual(message);
  expect(verifyWebhook(body, new Headers(signed()), secret, at_ms)).toEqual(message);
  const shouted = Object.fromEntries(
    Object.entries(signed()).map(([name, value]) => [name.toUpperCase(), value]),
  );
  expect(verifyWebhook(body, shouted, secret, at_ms)).toEqual(message);
});

test('[D3] while a secret is changed, either one of either side is enough', () => {
  const next = `whsec_${btoa('another secret, also long enough')}`;
  const both = {
    ...signed(),
    'webhook-signature': `${signed()['webhook-signature']} ${signed(next)['webhook-signature']}`,
  };
  for (const known of [secret, next, [secret, next], [next, secret]])
    expect(verifyWebhook(body, both, known, at_ms)).toBeTruthy();
  expect(verifyWebhook(body, signed(), [next, secret], at_ms)).toBeTruthy();
  expect(refusal(() => verifyWebhook(body, signed(), next, at_ms))).toBe('unverified');
  // Signatures of versions unknown here are passed over, not trusted and not fatal.
  const newer = `v1a,${'A'.repeat(86)} ${signed()['webhook-signature']}`;
  expect(
    verifyWebhook(body, { ...signed(), 'webhook-signature': newer }, secret, at_ms),
  ).toBeTruthy();
});

test('[D9] a changed byte anywhere is refused', () => {
  const bytes = new TextEncoder().encode(body);
  for (let at = 0; at < bytes.length; at++) {
    const changed = bytes.slice();
    changed[at] = (changed[at] as number) ^ 1;
    expect(refusal(() => verifyWebhook(changed, signed(), secret, at_ms))).toBe('unverified');
  }
  for (let cut = 0; cut < bytes.length; cut++)
    expect(refusal(() => verifyWebhook(bytes.slice(0, cut), signed(), secret, at_ms))).toBe(
      'unverified',
    );
  // Written anew: the same JSON, other bytes.
  for (const text of [JSON.stringify(JSON.parse(body), null, 1), `${body}\n`, ` ${body}`])
    expect(refusal(() => verifyWebhook(text, signed(), secret, at_ms))).toBe('unverified');
});

test('[D9] a signature cut short, stretched or of another kind is refused', () => {
  const whole = signed()['webhook-signature'];
  const bare = whole.slice('v1,'.length);
  const tried = [
    ...Array.from({ length: whole.length }, (_, cut) => whole.slice(0, cut)),
    ...Array.from({ length: bare.length }, (_, cut) => `v1,${bare.slice(cut + 1)}`),
    `${whole}A`,
    `${whole}=`,
    `v1,${bare.slice(0, -1)}`,
    `v1,${bare}${bare}`,
    `v1, ${bare}`,
    `v1a,${bare}`,
    `V1,${bare}`,
    bare,
    `v1,${'A'.repeat(43)}=`,
    `v1,${bare.replaceAll('+', '-').replaceAll('/', '_').replace('=', '')}`,
    'v1,undefined',
    'v1',
    ',',
    'v1,'.repeat(500),
  ];
  for (const text of tried) {
    const headers = { ...signed(), 'webhook-signature': text };
    expect(
      refusal(() => verifyWebhook(body, headers, secret, at_ms)),
      text,
    ).toBe('unverified');
  }
});

test('[D9] what is stale, early, unsigned or another delivery is refused', () => {
  const minutes = (count: number) => count * 60_000;
  expect(verifyWebhook(body, signed(), secret, at_ms + minutes(5))).toBeTruthy();
  expect(verifyWebhook(body, signed(), secret, at_ms - minutes(5))).toBeTruthy();
  for (const now_ms of [minutes(5) + 1_000, -minutes(5) - 1_000, minutes(60 * 24)])
    expect(refusal(() => verifyWebhook(body, signed(), secret, at_ms + now_ms))).toBe('unverified');
  const changes: Record<string, string | undefined>[] = [
    { 'webhook-id': 'del_another' },
    { 'webhook-id': undefined },
    { 'webhook-id': '' },
    { 'webhook-signature': undefined },
    { 'webhook-timestamp': undefined },
    { 'webhook-timestamp': 'now' },
    { 'webhook-timestamp': `${signed()['webhook-timestamp']}.0` },
    { 'webhook-timestamp': `${signed()['webhook-timestamp']}0` },
    { 'webhook-timestamp': String(at_ms / 1_000 + 1) },
    { 'webhook-timestamp': `+${at_ms / 1_000}` },
  ];
  for (const change of changes) {
    const headers = { ...signed(), ...change };
    expect(
      refusal(() => verifyWebhook(body, headers, secret, at_ms)),
      JSON.stringify(change),
    ).toBe('unverified');
  }
  // What is signed is joined by dots, so a dot in an id must not move a part into another.
  const moved = {
    'webhook-id': `${id}.${signed()['webhook-timestamp']}`,
    'webhook-timestamp': signed()['webhook-timestamp'],
    'webhook-signature': signed()['webhook-signature'],
  };
  expect(refusal(() => verifyWebhook(body, moved, secret, at_ms))).toBe('unverified');
  expect(() => verifyWebhook(body, signed(), '', at_ms)).toThrow(TypeError);
});
