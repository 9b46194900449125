import { expect, test } from 'vitest';
import { filled } from './asks.ts';

test('what is not known is left out of an answer, with the comma and the space before it', () => {
  const answer = 'Look under **Track**, {contact.name}. Hello {contact.name},';
  const known = new Map([['contact.name', 'Maeve']]);
  expect(filled(answer, known)).toBe('Look under **Track**, Maeve. Hello Maeve,');
  expect(filled(answer, new Map())).toBe('Look under **Track**. Hello,');
  expect(filled('أهلاً، {contact.name}!', new Map())).toBe('أهلاً!');
  expect(filled('{name} and {2}', new Map([['name', '{contact.name}']]))).toBe(
    '{contact.name} and {2}',
  );
});
