import { refuse } from '../refusal.ts';
import type { Calibration } from './calibrate.ts';
import type { LinearModel } from './logistic.ts';
import { emptyVocabulary, type Vocabulary } from './vocabulary.ts';

/** All that a classifier knows. What is stored is exactly this, so a round trip changes nothing. */
export interface ClassifierState {
  labels: string[];
  seed: number;
  /** Texts it was trained on, and corrections learned since. */
  texts: number;
  lessons: number;
  vocabulary: Vocabulary;
  model: LinearModel;
  calibration: Calibration;
  familiar: Float32Array;
}

/*
 * Layout, little-endian: "WHLC", version u16, 0 u16, checksum u32 of all that follows, length of the
 * header u32, header (JSON, ASCII), then bucket i32 and rarity f32 of each row, bias f32 and shift f32
 * of each class, quantiles f32, weights bf16 row by row.
 *
 * Weights are kept to 8 significant bits (bfloat16, the upper half of a float32): the file is half as
 * large and no prediction on CLINC150's validation part changed its label.
 */
const magic = 'WHLC';
const version = 1;
const preamble = 16;

/** The nearest number that bfloat16 can hold, ties to even. NaN and infinities do not occur. */
export function roundWeights(weights: Float32Array, from = 0, to = weights.length): void {
  const bits = new Uint32Array(weights.buffer, weights.byteOffset, weights.length);
  for (let i = from; i < to; i++) {
    const exact = bits[i] as number;
    bits[i] = (exact + 0x7fff + ((exact >>> 16) & 1)) & 0xffff0000;
  }
}

interface Header {
  labels: string[];
  seed: number;
  texts: number;
  lessons: number;
  buckets: number;
  rows: number;
  unseen_rarity: number;
  scale: number;
  quantiles: number;
}

export function toBytes(state: ClassifierState): Uint8Array<ArrayBuffer> {
  const { labels, seed, texts, lessons, vocabulary, model, calibration, familiar } = state;
  const { rows, unseen_rarity } = vocabulary;
  const header: Header = {
    labels,
    seed,
    texts,
    lessons,
    buckets: vocabulary.row_of.length,
    rows,
    unseen_rarity,
    scale: calibration.scale,
    quantiles: familiar.length,
  };
  const head = new TextEncoder().encode(ascii(JSON.stringify(header)));
  const bytes = new Uint8Array(preamble + head.length + bodyLength(header));
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(magic));
  view.setUint16(4, version, true);
  view.setUint32(12, head.length, true);
  bytes.set(head, preamble);
  let at = preamble + head.length;
  for (let row = 0; row < rows; row++, at += 4) {
    view.setInt32(at, vocabulary.bucket_of[row] as number, true);
  }
  for (const numbers of [
    vocabulary.rarity.subarray(0, rows),
    model.bias,
    calibration.shift,
    familiar,
  ]) {
    for (let i = 0; i < numbers.length; i++, at += 4) {
      view.setFloat32(at, numbers[i] as number, true);
    }
  }
  const { weights } = model;
  const bits = new Uint32Array(weights.buffer, weights.byteOffset, rows * labels.length);
  for (let i = 0; i < bits.length; i++, at += 2) {
    view.setUint16(at, (bits[i] as number) >>> 16, true);
  }
  view.setUint32(8, checksum(bytes), true);
  return bytes;
}

/** @throws Refusal malformed: not these bytes, another version, cut short or damaged */
export function fromBytes(bytes: Uint8Array): ClassifierState {
  const { header, body } = readHeader(bytes);
  const { labels, rows } = header;
  const classes = labels.length;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = body;
  const vocabulary = emptyVocabulary(header.buckets, header.unseen_rarity, rows);
  vocabulary.rows = rows;
  for (let row = 0; row < rows; row++, at += 4) {
    const bucket = view.getInt32(at, true);
    vocabulary.bucket_of[row] = bucket;
    vocabulary.row_of[bucket] = row;
  }
  const floats = (into: Float32Array): Float32Array => {
    for (let i = 0; i < into.length; i++, at += 4) into[i] = view.getFloat32(at, true);
    return into;
  };
  floats(vocabulary.rarity.subarray(0, rows));
  const bias = floats(new Float32Array(classes));
  const shift = floats(new Float32Array(classes));
  const familiar = floats(new Float32Array(header.quantiles));
  const weights = new Float32Array(vocabulary.bucket_of.length * classes);
  const bits = new Uint32Array(weights.buffer);
  for (let i = 0; i < rows * classes; i++, at += 2) bits[i] = view.getUint16(at, true) << 16;
  return {
    labels,
    seed: header.seed,
    texts: header.texts,
    lessons: header.lessons,
    vocabulary,
    model: { classes, weights, bias },
    calibration: { scale: header.scale, shift },
    familiar,
  };
}

function readHeader(bytes: Uint8Array): { header: Header; body: number } {
  const damaged = (why: string) => refuse('malformed', {}, `These are not a classifier: ${why}.`);
  if (bytes.length < preamble) throw damaged('too short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (String.fromCharCode(...bytes.subarray(0, 4)) !== magic) throw damaged('another kind of file');
  const found = view.getUint16(4, true);
  if (found !== version) throw damaged(`format ${found}, and this program reads ${version}`);
  const body = preamble + view.getUint32(12, true);
  if (view.getUint32(8, true) !== checksum(bytes)) throw damaged('damaged or cut short');
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(preamble, body))) as Header;
  if (bytes.length !== body + bodyLength(header)) throw damaged('of another length than it says');
  return { header, body };
}

const bodyLength = ({ rows, labels, quantiles }: Header): number =>
  rows * 8 + labels.length * 8 + quantiles * 4 + rows * labels.length * 2;

/** JSON whose every unit is ASCII, so that a label with half a surrogate pair survives UTF-8. */
const ascii = (json: string): string =>
  json.replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** FNV-1a of the bytes after the checksum itself: against accidents, not against forgery. */
function checksum(bytes: Uint8Array): number {
  let hashed = 0x811c9dc5 | 0;
  for (let i = 12; i < bytes.length; i++) {
    hashed = Math.imul(hashed ^ (bytes[i] as number), 16777619);
  }
  return hashed >>> 0;
}
