import { expect, test } from 'vitest';
import { withSources } from './useKnowledge.ts';

test('[W48] a passage that is put into a reply has its source, and no link that leads nowhere', () => {
  const text =
    'See the [warranty](warranty.md), [the shop](https://shop.example/a_(b)) or [us](mailto:us@shop.example). ![A lamp](lamp.png "A lamp")';
  expect(withSources(text, [])).toBe(
    'See the warranty, [the shop](https://shop.example/a_(b)) or [us](mailto:us@shop.example). A lamp',
  );
  const plain = { title: 'Returns', url: null };
  const linked = { title: 'Delivery', url: 'https://shop.example/delivery' };
  expect(withSources('Yes.', [plain, linked])).toBe(
    'Yes.\n\nSource: Returns · [Delivery](https://shop.example/delivery)',
  );
  expect(withSources('Yes [1], by ferry [2].', [plain, linked])).toBe(
    'Yes [1], by ferry [2].\n\nSource: [1] Returns · [2] [Delivery](https://shop.example/delivery)',
  );
});
