import { createPublicKey, verify as verifySignature } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  checkpointText,
  openCheckpoint,
  openNote,
  parseCheckpoint,
  parseVerifierKey,
  type Verify,
  verifierKey,
} from './checkpoint.ts';

const spki = Buffer.from('302a300506032b6570032100', 'hex');
const verify: Verify = (public_key, message, signature) => {
  const key = createPublicKey({
    key: Buffer.concat([spki, public_key]),
    format: 'der',
    type: 'spki',
  });
  return verifySignature(null, message, key, signature);
};

/** The example in the documentation of Go's golang.org/x/mod/sumdb/note. */
const peter = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const said =
  'If you think cryptography is the answer to your problem,\n' +
  "then you don't know what your problem is.\n";
const note = `${said}\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;

test('[A4] a note signed by Go’s own tool opens, and only under its key', () => {
  const key = parseVerifierKey(peter);
  if (!key) throw new Error('the key was not read');
  expect(verifierKey(key)).toBe(peter);
  expect(openNote(note, key, verify)).toBe(said);
  expect(openNote(note.replace('problem', 'answers'), key, verify)).toBeUndefined();
  expect(openNote(note, { ...key, name: 'Someone' }, verify)).toBeUndefined();
  expect(parseVerifierKey(peter.replace('c74f20a3', 'c74f20a4'))).toBeUndefined();
});

test('[A4] signatures of witnesses are passed by, and a broken line refuses the note', () => {
  const key = parseVerifierKey(peter);
  if (!key) throw new Error('the key was not read');
  const witness = '\u2014 witness.example/w AAAAAAECAwQ=\n';
  expect(openNote(note + witness, key, verify)).toBe(said);
  expect(openNote(`${note}\u2014 witness.example/w !!!\n`, key, verify)).toBeUndefined();
  expect(openNote(`${said}\n${witness}`, key, verify)).toBeUndefined();
  expect(openNote(`${note}\u0007`, key, verify)).toBeUndefined();
});

test('[A4] a checkpoint has one text, and no other is taken for it', () => {
  const root = new Uint8Array(32).fill(7);
  const text = checkpointText({ origin: 'wheelhouse/ws_1', size: 20852163, root });
  expect(parseCheckpoint(text)).toEqual({ origin: 'wheelhouse/ws_1', size: 20852163, root });
  expect(parseCheckpoint(`${text}extension\n`)?.size).toBe(20852163);
  const wrong = [
    text.slice(0, -1),
    `${text}\n`,
    text.replace('20852163', '020852163'),
    text.replace('20852163', '-1'),
    text.replace('20852163', '99999999999999999999'),
    text.replace('BwcH', 'Bwc'),
    text.replace('wheelhouse/ws_1', ''),
    '',
  ];
  for (const one of wrong) expect(parseCheckpoint(one)).toBeUndefined();
});

test('[A4] the checkpoint of the specification’s own example is read', () => {
  const key = parseVerifierKey(peter);
  if (!key) throw new Error('the key was not read');
  const example =
    'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
  expect(parseCheckpoint(example)).toMatchObject({
    origin: 'example.com/behind-the-sofa',
    size: 20852163,
  });
  expect(openCheckpoint(note, key, verify)).toBeUndefined();
});
