import { frameReader } from '@wheelhouse/sdk';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const stream =
  'event: ready\ndata: {"cursor":"1-1"}\n\n: beat\n\nid: 1-2\r\nevent: case.opened\r\ndata: {"a":1}\r\n\r\ndata: two\ndata: lines\n\nretry: 5\n\n';
const frames = [
  { id: undefined, event: 'ready', data: '{"cursor":"1-1"}' },
  { id: '1-2', event: 'case.opened', data: '{"a":1}' },
  { id: undefined, event: 'message', data: 'two\nlines' },
];

test('[K6] events are read from a stream; comments and unknown fields are not events', () => {
  expect(frameReader()(stream)).toEqual(frames);
});

test('[K6] however the bytes are cut, the same events come out', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(stream.length), { maxLength: 12 }), (cuts) => {
      const read = frameReader();
      const at = [0, ...cuts.sort((a, b) => a - b), stream.length];
      const found = at.slice(1).flatMap((end, place) => read(stream.slice(at[place], end)));
      expect(found).toEqual(frames);
    }),
  );
});
