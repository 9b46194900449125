import { scrypt, timingSafeEqual } from 'node:crypto';
import { invalid, refuse } from '@wheelhouse/core';
import type { Chance } from '../ports.ts';

/** scrypt (RFC 7914) at a strength that OWASP's password storage advice lists: 32 MiB and some
 *  0.2 s a try. */
const strength = { cost: 32_768, block: 8, lanes: 3 };
const key_bytes = 32;
/** Two tries at a time leave the other cores, and libuv's other threads, to everyone else. */
const at_once = 2;
const most_waiting = 100;

let running = 0;
const waiting: (() => void)[] = [];

/** Waits for one of the places. @throws Refusal too_many_requests when too many wait already */
async function place(): Promise<void> {
  if (running < at_once) {
    running += 1;
    return;
  }
  if (waiting.length >= most_waiting) {
    throw refuse('too_many_requests', { retry_after_ms: 10_000 });
  }
  // The place is handed on by whoever leaves, so `running` stays as it is.
  await new Promise<void>((resolve) => waiting.push(resolve));
}

function leave(): void {
  const next = waiting.shift();
  if (next) next();
  else running -= 1;
}

async function derive(
  password: string,
  salt: Buffer,
  { cost, block, lanes }: typeof strength,
): Promise<Buffer> {
  await place();
  try {
    return await new Promise((resolve, reject) => {
      const options = { N: cost, r: block, p: lanes, maxmem: 256 * cost * block };
      // The same letters can be typed as different code points (NIST SP 800-63B, 3.1.1.2).
      scrypt(password.normalize('NFKC'), salt, key_bytes, options, (error, key) =>
        error ? reject(error) : resolve(key),
      );
    });
  } finally {
    leave();
  }
}

const written = (salt: Buffer, key: Buffer, { cost, block, lanes } = strength) =>
  ['scrypt', cost, block, lanes, salt.toString('base64url'), key.toString('base64url')].join('$');

/** @returns `scrypt$N$r$p$salt$key`, with a salt of its own */
export async function hashPassword(chance: Chance, password: string): Promise<string> {
  const salt = Buffer.from(chance.bytes(16));
  return written(salt, await derive(password, salt, strength));
}

/** No password has this key, so an unknown address costs the same work as a known one. */
const nobody = written(Buffer.alloc(16), Buffer.alloc(key_bytes));

/** Whether a password is the one kept; `undefined` stands for nobody's and takes as long. */
export async function passwordFits(password: string, kept: string | undefined): Promise<boolean> {
  const [, cost, block, lanes, salt = '', key = ''] = (kept ?? nobody).split('$');
  const found = await derive(password, Buffer.from(salt, 'base64url'), {
    cost: Number(cost),
    block: Number(block),
    lanes: Number(lanes),
  });
  return timingSafeEqual(found, Buffer.from(key, 'base64url')) && kept !== undefined;
}

/** The passwords of ten letters or more that are tried first; shorter ones are refused anyway. */
const often = new Set(
  `password12 password123 password1234 password12345 password123456 passw0rd123 p@ssw0rd123
   p@ssword123 passwordpassword mypassword mypassword1 changeme123 changemenow letmein123 letmein1234
   welcome123 welcome1234 iloveyou12 iloveyou123 qwertyuiop qwertyuiop1 qwertyuiop123 qwerty12345
   qwerty123456 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc qazwsxedcrfv zaq12wsxcde3 asdfghjkl1 asdfghjkl123
   zxcvbnm123 abcdefghij abcdefghijk abcd123456 abc1234567 admin12345 admin123456 administrator
   administrator1 superadmin1 wheelhouse wheelhouse1 wheelhouse123 football123 baseball123 sunshine123
   princess123 monkey12345 dragon12345 trustno1trustno1 1234567890 12345678910 123456789a 0123456789
   0987654321 1029384756 9876543210 1122334455 1234554321 123123123123 147258369a q1w2e3r4t5
   q1w2e3r4t5y6 a1b2c3d4e5 test123456 testtest12 testtesttest default123 secret1234 superman123`.split(
    /\s+/,
  ),
);

/** Refuses what guessers try first: well-known passwords, one letter over and over, the person's own
 *  address. No rule asks for odd characters (NIST SP 800-63B, 3.1.1.2).
 *  @throws Refusal invalid, naming `field` */
export function checkPassword(password: string, email: string, field: string): void {
  const plain = password.normalize('NFKC').toLowerCase();
  const [local = ''] = email.split('@');
  const known = often.has(plain) || new Set(plain).size < 4;
  if (known) throw invalid({ field, message: 'is among the first that anyone would guess' });
  if (plain === email || (local.length > 3 && plain.replaceAll(/[\d\W_]/g, '') === local)) {
    throw invalid({ field, message: 'is your address; use something else' });
  }
}
