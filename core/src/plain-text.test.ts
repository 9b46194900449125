import { expect, test } from 'vitest';
import { plainText } from './plain-text.ts';

test('[K47] a line of plain text holds the words of a message and none of its marks', () => {
  const said = 'Your **parcel** is *late*.\n\n- see `A-1`\n- or [the page](https://shop.example/x)';
  expect(plainText(said)).toBe('Your parcel is late. see A-1 or the page');
  expect(plainText('2 * 3 * 4 is **not** bold, nor is a lone *')).toBe(
    '2 * 3 * 4 is not bold, nor is a lone *',
  );
});
