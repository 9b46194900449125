import { type Block, isSafeAddress, markdownOf, type Span } from '@wheelhouse/core/markdown';
import { Fragment, type ReactNode } from 'react';
import css from './Markdown.module.css';
import { Marked } from './Marked.tsx';

/** How words are drawn. */
type Say = (words: string) => ReactNode;

interface MarkdownProps {
  text: string;
  /** Whether what hides in it is made visible, as in evidence. */
  marked?: boolean;
  /** How its words are drawn, where more than their letters is to be seen. */
  say?: Say;
}

/** The Markdown that messages have, as the customer sees it. No text ever becomes HTML, and a link leads
 *  only to the web or to a mailbox. */
export function Markdown({ text, marked = false, say = marked ? shown : plain }: MarkdownProps) {
  return <Blocks blocks={markdownOf(text)} say={say} />;
}

function Blocks({ blocks, say }: { blocks: Block[]; say: Say }) {
  return numbered(blocks).map(({ one, at }) => <Drawn key={at} block={one} say={say} />);
}

function Drawn({ block, say }: { block: Block; say: Say }) {
  if (block.kind === 'code') {
    return (
      <pre className={css.code}>
        <code>{say(block.text)}</code>
      </pre>
    );
  }
  if (block.kind === 'quote') {
    return (
      <blockquote className={css.quote} dir="auto">
        <Blocks blocks={block.blocks} say={say} />
      </blockquote>
    );
  }
  if (block.kind === 'heading') {
    return (
      <p dir="auto">
        <strong>{spansOf(block.spans, say)}</strong>
      </p>
    );
  }
  if (block.kind === 'paragraph') return <p dir="auto">{linesOf(block.lines, say)}</p>;
  const items = numbered(block.items).map(({ one, at }) => (
    <Item key={at} blocks={one} say={say} />
  ));
  if (!block.ordered) return <ul dir="auto">{items}</ul>;
  return (
    <ol dir="auto" start={block.start}>
      {items}
    </ol>
  );
}

/** What an item begins with stands beside its sign, whichever way it is read itself. */
function Item({ blocks: [first, ...rest], say }: { blocks: Block[]; say: Say }) {
  return (
    <li>
      {first?.kind === 'paragraph' && <span className={css.item}>{linesOf(first.lines, say)}</span>}
      {first && first.kind !== 'paragraph' && <Drawn block={first} say={say} />}
      <Blocks blocks={rest} say={say} />
    </li>
  );
}

/** What is said does not move: each piece is known by its place. */
const numbered = <One,>(all: One[]) => all.map((one, at) => ({ one, at }));

const plain: Say = (words) => words;
const shown: Say = (words) => <Marked text={words} />;

const linesOf = (lines: Span[][], say: Say): ReactNode =>
  numbered(lines).map(({ one, at }) => (
    <Fragment key={at}>
      {at > 0 && <br />}
      {spansOf(one, say)}
    </Fragment>
  ));

const spansOf = (spans: Span[], say: Say): ReactNode =>
  numbered(spans).map(({ one, at }) => <Fragment key={at}>{spanOf(one, say)}</Fragment>);

function spanOf(span: Span, say: Say): ReactNode {
  if (typeof span === 'string') return say(span);
  if (span.kind === 'code') return <code>{say(span.text)}</code>;
  const within = spansOf(span.spans, say);
  if (span.kind === 'link') {
    return (
      <SafeLink to={span.to} label={span.to}>
        {within}
      </SafeLink>
    );
  }
  if (span.kind === 'struck') return <s>{within}</s>;
  return span.kind === 'strong' ? <strong>{within}</strong> : <em>{within}</em>;
}

interface SafeLinkProps {
  to: string;
  label: string;
  /** The label as it is shown, where that differs. */
  children?: ReactNode;
}

/** Anything but a web address or a mailbox stays text. */
export function SafeLink({ to, label, children = label }: SafeLinkProps) {
  if (!isSafeAddress(to) || !URL.canParse(to)) return children;
  return (
    <a href={to} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}
