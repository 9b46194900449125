import type { ReadDocument } from '@wheelhouse/core';
import { Parser } from 'htmlparser2';

/** What is on a page but says nothing of it. */
const passed_over = new Set(
  'script style noscript template svg math iframe object form button select nav footer aside dialog'.split(
    ' ',
  ),
);
const blocks = new Set(
  'address article blockquote body dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 header hr li main ol p pre section summary table tr ul'.split(
    ' ',
  ),
);
/** A page's main part of at least so many characters is all that is taken. */
const least_main = 200;
/** As much as several articles hold. */
const longest_text = 4_000_000;

interface Block {
  text: string;
  in_main: boolean;
}

/** What a page says, as Markdown. It is read from front to end without ever being built up as a tree,
 *  so that no depth of nesting costs more than its length. Nothing in it is run or fetched.
 *  @param base the address that its links begin from */
export function readHtml(html: string, base?: string): ReadDocument {
  const reader = new PageReader(base);
  const parser = new Parser(
    {
      onopentag: (name, attributes) => reader.open(name, attributes),
      ontext: (text) => reader.text(text),
      onclosetag: (name) => reader.close(name),
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.write(html);
  parser.end();
  return reader.document();
}

class PageReader {
  readonly #base: string | undefined;
  readonly #blocks: Block[] = [];
  #line = '';
  #prefix = '';
  #title = '';
  #heading = '';
  #url: string | null = null;
  #language: string | null = null;
  #skipping = 0;
  #skipped_tag = '';
  #in_main = 0;
  #in_title = false;
  #in_pre = 0;
  #link: { from: number; to: string } | null = null;
  #length = 0;

  constructor(base: string | undefined) {
    this.#base = base;
  }

  open(name: string, attributes: Record<string, string>): void {
    if (this.#skipping) {
      if (name === this.#skipped_tag) this.#skipping += 1;
      return;
    }
    if (passed_over.has(name)) {
      this.#skipping = 1;
      this.#skipped_tag = name;
      return;
    }
    if (blocks.has(name)) this.#flush();
    if (name === 'html') this.#language = attributes.lang?.slice(0, 35) || null;
    if (name === 'title' && !this.#title) this.#in_title = true;
    if (name === 'link' && attributes.rel === 'canonical')
      this.#url = this.#address(attributes.href);
    if (name === 'main' || name === 'article') this.#in_main += 1;
    if (name === 'pre') this.#in_pre += 1;
    if (name === 'li') this.#prefix = '- ';
    if (/^h[1-6]$/.test(name)) this.#prefix = `${'#'.repeat(Number(name[1]))} `;
    if (name === 'br') this.#line += '\n';
    if (name === 'td' || name === 'th') this.#line += this.#line.trim() ? ' | ' : '';
    if (name === 'a') {
      const to = this.#address(attributes.href);
      this.#link = to ? { from: this.#line.length, to } : null;
    }
  }

  text(text: string): void {
    if (this.#in_title) this.#title += text.slice(0, 1_000);
    else if (!this.#skipping && this.#length < longest_text) {
      this.#line += this.#in_pre ? text : text.replaceAll(/\s+/g, ' ');
    }
  }

  close(name: string): void {
    if (this.#skipping) {
      if (name === this.#skipped_tag) this.#skipping -= 1;
      return;
    }
    if (name === 'title') this.#in_title = false;
    if (name === 'a') this.#endLink();
    if (blocks.has(name)) this.#flush();
    if (name === 'pre') this.#in_pre = Math.max(0, this.#in_pre - 1);
    if (name === 'main' || name === 'article') this.#in_main = Math.max(0, this.#in_main - 1);
  }

  document(): ReadDocument {
    this.#flush();
    const main = this.#blocks.filter(({ in_main }) => in_main);
    const enough = main.reduce((sum, { text }) => sum + text.length, 0) >= least_main;
    const taken = enough ? main : this.#blocks;
    return {
      title: this.#heading || this.#title.replaceAll(/\s+/g, ' ').trim() || null,
      text: joined(taken),
      url: this.#url,
      language: this.#language,
    };
  }

  #endLink(): void {
    if (!this.#link) return;
    const { from, to } = this.#link;
    const label = this.#line.slice(from).trim();
    if (label && !/[[\]\n]/.test(label)) {
      const space = /^\s/.test(this.#line.slice(from)) ? ' ' : '';
      this.#line = `${this.#line.slice(0, from)}${space}[${label}](${to})`;
    }
    this.#link = null;
  }

  #flush(): void {
    const text = this.#in_pre
      ? this.#line.trimEnd()
      : this.#line
          .split('\n')
          .map((line) => line.trim())
          .join('\n')
          .trim();
    this.#line = '';
    this.#link = null;
    if (!text) return;
    const prefix = this.#prefix;
    this.#prefix = '';
    if (prefix === '# ' && !this.#heading) this.#heading = text.replaceAll('\n', ' ').slice(0, 300);
    this.#length += text.length;
    this.#blocks.push({ text: prefix + text, in_main: this.#in_main > 0 });
  }

  #address(href: string | undefined): string | null {
    if (!href || href.length > 2_000 || !URL.canParse(href, this.#base)) return null;
    const url = new URL(href, this.#base);
    return /^https?:$/.test(url.protocol) && !/[()\s]/.test(url.href) ? url.href : null;
  }
}

/** Items of a list stand together, all else apart. */
function joined(taken: Block[]): string {
  const isItem = (text: string | undefined) => text?.startsWith('- ');
  return taken
    .map(({ text }, at) => {
      if (!at) return text;
      return (isItem(text) && isItem(taken[at - 1]?.text) ? '\n' : '\n\n') + text;
    })
    .join('');
}
