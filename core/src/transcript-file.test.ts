import { expect, test } from 'vitest';
import type { Message } from './message.ts';
import { transcriptFiles } from './transcript-file.ts';

const written = (body: Message['body']): string =>
  transcriptFiles.text
    .message(
      {
        id: 'msg_1',
        conversation_id: 'conv_1',
        seq: 1,
        author_kind: 'member',
        author_id: 'mem_1',
        author_name: 'Rita',
        audience: 'all',
        body,
        output_id: null,
        approved_by: null,
        citations: [],
        cut: false,
        whisper_to: null,
        at: '@',
      },
      { author: 'Rita', approved_by: null, customer: 'Visitor' },
      false,
    )
    .replace('\n[@] Rita (person):\n', '')
    .trimEnd();

const url = 'https://shop.example/lamp';
test.each<[Message['body'], string]>([
  [{ kind: 'text', text: 'Hello' }, 'Hello'],
  [{ kind: 'image', url, alt: 'A lamp' }, `[image] A lamp ${url}`],
  [{ kind: 'audio', url }, `[audio] ${url}`],
  [{ kind: 'file', url, name: 'a.pdf' }, `[file] a.pdf ${url}`],
  [
    {
      kind: 'buttons',
      text: 'Which?',
      buttons: [{ label: 'Brass' }, { label: 'Tin', value: 't' }],
    },
    'Which?\n- [Brass]\n- [Tin]',
  ],
  [
    { kind: 'card', title: 'Lamp', text: '40 W', image_url: url, buttons: [{ label: 'Buy' }] },
    `[card] Lamp\n40 W\n${url}\n- [Buy]`,
  ],
  [{ kind: 'card', title: 'Lamp', buttons: [] }, '[card] Lamp'],
  [
    { kind: 'location', latitude: 53.3, longitude: -6.2, label: 'Dublin' },
    '[location] Dublin 53.3, -6.2',
  ],
  [{ kind: 'location', latitude: 53.3, longitude: -6.2 }, '[location] 53.3, -6.2'],
])('[W34] [W69] nothing that a message holds is missing in its file: %j', (body, words) => {
  expect(written(body)).toBe(words);
});
