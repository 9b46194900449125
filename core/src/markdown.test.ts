import { expect, test } from 'vitest';
import { type Block, markdownOf, type Span, sourceMarks } from './markdown.ts';

/** As HTML would say it, for the eye: what is drawn is built piece by piece, and never from text. */
const drawn = (text: string): string => markdownOf(text).map(blockOf).join('');
function blockOf(block: Block): string {
  if (block.kind === 'paragraph') return `<p>${block.lines.map(spansOf).join('<br>')}</p>`;
  if (block.kind === 'heading') return `<h>${spansOf(block.spans)}</h>`;
  if (block.kind === 'quote') return `<q>${block.blocks.map(blockOf).join('')}</q>`;
  if (block.kind === 'code') return `<pre>${block.text}</pre>`;
  const name = block.ordered ? `ol ${block.start}` : 'ul';
  const items = block.items.map((blocks) => `<li>${blocks.map(blockOf).join('')}</li>`);
  return `<${name}>${items.join('')}</>`;
}
const spansOf = (spans: Span[]): string => spans.map(spanOf).join('');
function spanOf(span: Span): string {
  if (typeof span === 'string') return span;
  if (span.kind === 'code') return `<code>${span.text}</code>`;
  if (span.kind === 'link') return `<a ${span.to}>${spansOf(span.spans)}</a>`;
  return `<${span.kind}>${spansOf(span.spans)}</${span.kind}>`;
}

const cases: Record<string, [text: string, drawn: string][]> = {
  'paragraphs and lines': [
    ['one\ntwo\n\nthree', '<p>one<br>two</p><p>three</p>'],
    ['  \n\n', ''],
    ['above\n\n---\n\nbelow', '<p>above</p><p>below</p>'],
  ],
  lists: [
    [
      'You need:\n- a hat\n- a coat',
      '<p>You need:</p><ul><li><p>a hat</p></li><li><p>a coat</p></li></>',
    ],
    ['- a\n- b\nThat is all.', '<ul><li><p>a</p></li><li><p>b</p></li></><p>That is all.</p>'],
    [
      '1. one\n\n2. two\n   more\n   - sub',
      '<ol 1><li><p>one</p></li><li><p>two<br>more</p><ul><li><p>sub</p></li></></li></>',
    ],
    ['3) third\n4) fourth', '<ol 3><li><p>third</p></li><li><p>fourth</p></li></>'],
    ['It was founded in\n1999. Then it grew.', '<p>It was founded in<br>1999. Then it grew.</p>'],
    ['-5 degrees\n- five', '<p>-5 degrees</p><ul><li><p>five</p></li></>'],
  ],
  headings: [
    ['# Returns #\nSend it back.', '<h>Returns</h><p>Send it back.</p>'],
    ['Returns\n=======\nSend it back.', '<h>Returns</h><p>Send it back.</p>'],
    ['#1 is best', '<p>#1 is best</p>'],
  ],
  quotes: [
    ['> one\n> - two\n\nthree', '<q><p>one</p><ul><li><p>two</p></li></></q><p>three</p>'],
    ['5 > 3', '<p>5 > 3</p>'],
  ],
  'code as it stands': [
    [
      '```js\n# no heading\n- **no** item\n```\nend',
      '<pre># no heading\n- **no** item</pre><p>end</p>',
    ],
    ['~~~\nnever closed', '<pre>never closed</pre>'],
    ['say `**a** <b>`', '<p>say <code>**a** <b></code></p>'],
  ],
  'tables as lines': [
    [
      '| Size | Price |\n|:--|--:|\n| S | **5 €** |\n\nend',
      '<p><strong>Size · Price</strong><br>S · <strong>5 €</strong></p><p>end</p>',
    ],
    ['a | b', '<p>a | b</p>'],
  ],
  emphasis: [
    [
      '**bold**, __bold__, *em*, _em_, ~~old~~',
      '<p><strong>bold</strong>, <strong>bold</strong>, <em>em</em>, <em>em</em>, <struck>old</struck></p>',
    ],
    [
      '**all _of_ it** ***both***',
      '<p><strong>all <em>of</em> it</strong> <strong><em>both</em></strong></p>',
    ],
    ['my_file_name.txt, 5*3*2, 2 * 3 * 4', '<p>my_file_name.txt, 5*3*2, 2 * 3 * 4</p>'],
    ['\\*not\\* \\_it\\_', '<p>*not* _it_</p>'],
    ['这是*强调*文字', '<p>这是<em>强调</em>文字</p>'],
  ],
  links: [
    ['**[bold](https://a.b)**', '<p><strong><a https://a.b>bold</a></strong></p>'],
    [
      '[x](https://a.b/c_(d)) and [y](<https://a.b> "why")',
      '<p><a https://a.b/c_(d)>x</a> and <a https://a.b>y</a></p>',
    ],
    [
      '(see https://a.b/Foo_(bar).)',
      '<p>(see <a https://a.b/Foo_(bar)>https://a.b/Foo_(bar)</a>.)</p>',
    ],
    [
      '<https://a.b>, <mailto:a@b.c>',
      '<p><a https://a.b>https://a.b</a>, <a mailto:a@b.c>a@b.c</a></p>',
    ],
    [
      '![a lamp](https://a.b/c.png) ![a lamp](c.png)',
      '<p><a https://a.b/c.png>a lamp</a> a lamp</p>',
    ],
    ['[![lamp](https://a.b/c.png)](https://a.b)', '<p><a https://a.b>lamp</a></p>'],
    ['[a [b] c](https://a.b)', '<p><a https://a.b>a [b] c</a></p>'],
  ],
  'what leads elsewhere, as text': [
    ['[bad](javascript:alert(1)) [worse](data:text/html,x)', '<p>bad worse</p>'],
    ['[x](//a.b) [y](JAVASCRIPT:x) [z](vbscript:x) [w](https:)', '<p>x y z w</p>'],
    ['![x](javascript:alert(1)) <javascript:alert(1)>', '<p>x <javascript:alert(1)></p>'],
    [
      '[a](java\tscript:x) <script>alert(1)</script>',
      '<p>[a](java    script:x) <script>alert(1)</script></p>',
    ],
  ],
};
for (const [what, pairs] of Object.entries(cases)) {
  test(`[K73] ${what} read as they were meant`, () => {
    expect(pairs.map(([text]) => [text, drawn(text)])).toEqual(pairs);
  });
}

test('[K73] no text makes it slow', () => {
  const hostile = [
    '*a '.repeat(2_600),
    '**a '.repeat(2_000),
    '_a '.repeat(2_600),
    `a${'`'.repeat(8_000)}`,
    '[![a](x)'.repeat(1_000),
    '[a]((('.repeat(1_300),
    `https://a${')'.repeat(7_900)}`,
    `${'>'.repeat(8_000)}a`,
    `# a${' '.repeat(7_900)}x`,
    `a |\n|${' '.repeat(7_900)}x`,
    Array.from({ length: 120 }, (_, deep) => `${' '.repeat(deep)}- a`).join('\n'),
  ];
  const began = performance.now();
  for (const text of hostile) expect(drawn(text)).toContain('a');
  // 0.3 seconds on a quiet machine. Where time grows with the square of a text, it is minutes.
  expect(performance.now() - began).toBeLessThan(20_000);
});

test('[W17] sources have the numbers that a text names them by, and none where it names none', () => {
  expect(sourceMarks('By ferry [1], in six days [2].', 2)).toEqual(['[1] ', '[2] ']);
  expect(sourceMarks('By ferry.', 2)).toEqual(['', '']);
  expect(sourceMarks('[1]', 0)).toEqual([]);
});
