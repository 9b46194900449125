import { type Block, isSafeAddress, markdownOf, type Span } from '@wheelhouse/core/markdown';
import { Fragment, type ReactNode } from 'react';
import css from './Markdown.module.css';
import { Marked } from './Marked.tsx';

/** The Markdown that messages have, as the customer sees it. No text ever becomes HTML, and a link leads
 *  only to the web or to a mailbox.
 *  @param marked whether what hides in it is made visible, as in evidence */
export function Markdown({ text, marked = false }: { text: string; marked?: boolean }) {
  return <Blocks blocks={markdownOf(text)} marked={marked} />;
}

function Blocks({ blocks, marked }: { blocks: Block[]; marked: boolean }) {
  return numbered(blocks).map(({ one, at }) => <Drawn key={at} block={one} marked={marked} />);
}

function Drawn({ block, marked }: { block: Block; marked: boolean }) {
  if (block.kind === 'code') {
    return (
      <pre className={css.code}>
        <code>{shown(block.text, marked)}</code>
      </pre>
    );
  }
  if (block.kind === 'quote') {
    return (
      <blockquote className={css.quote} dir="auto">
        <Blocks blocks={block.blocks} marked={marked} />
      </blockquote>
    );
  }
  if (block.kind === 'heading') {
    return (
      <p dir="auto">
        <strong>{spansOf(block.spans, marked)}</strong>
      </p>
    );
  }
  if (block.kind === 'paragraph') return <p dir="auto">{linesOf(block.lines, marked)}</p>;
  const items = numbered(block.items).map(({ one, at }) => (
    <Item key={at} blocks={one} marked={marked} />
  ));
  if (!block.ordered) return <ul dir="auto">{items}</ul>;
  return (
    <ol dir="auto" start={block.start}>
      {items}
    </ol>
  );
}

/** What an item begins with stands beside its sign, whichever way it is read itself. */
function Item({ blocks: [first, ...rest], marked }: { blocks: Block[]; marked: boolean }) {
  return (
    <li>
      {first?.kind === 'paragraph' && (
        <span className={css.item}>{linesOf(first.lines, marked)}</span>
      )}
      {first && first.kind !== 'paragraph' && <Drawn block={first} marked={marked} />}
      <Blocks blocks={rest} marked={marked} />
    </li>
  );
}

/** What is said does not move: each piece is known by its place. */
const numbered = <One,>(all: One[]) => all.map((one, at) => ({ one, at }));

const shown = (text: string, marked: boolean): ReactNode =>
  marked ? <Marked text={text} /> : text;

const linesOf = (lines: Span[][], marked: boolean): ReactNode =>
  numbered(lines).map(({ one, at }) => (
    <Fragment key={at}>
      {at > 0 && <br />}
      {spansOf(one, marked)}
    </Fragment>
  ));

const spansOf = (spans: Span[], marked: boolean): ReactNode =>
  numbered(spans).map(({ one, at }) => <Fragment key={at}>{spanOf(one, marked)}</Fragment>);

function spanOf(span: Span, marked: boolean): ReactNode {
  if (typeof span === 'string') return shown(span, marked);
  if (span.kind === 'code') return <code>{shown(span.text, marked)}</code>;
  const within = spansOf(span.spans, marked);
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
