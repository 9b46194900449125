import { Fragment, type ReactNode } from 'react';
import { Marked } from './Marked.tsx';

const inline =
  /\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)|(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/g;
const item = /^\s*(?:[-*]|\d+[.)])\s+/;

/** The little Markdown that messages have, as the customer sees it: paragraphs, lists, bold, italic,
 *  code and links. No text ever becomes HTML, and a link leads only to the web or to a mailbox.
 *  @param marked whether what hides in it is made visible, as in evidence */
export function Markdown({ text, marked = false }: { text: string; marked?: boolean }) {
  return blocksOf(text).map(({ at, lines }) => <Block key={at} lines={lines} marked={marked} />);
}

function blocksOf(text: string): { at: number; lines: string[] }[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n{2,}/)
    .map((block, at) => ({ at, lines: block.split('\n').filter((line) => line.trim() !== '') }))
    .filter(({ lines }) => lines.length > 0);
}

function Block({ lines, marked }: { lines: string[]; marked: boolean }) {
  const numbered = lines.map((line, at) => ({ line, at }));
  if (lines.every((line) => item.test(line))) {
    const List = /^\s*\d/.test(lines[0] ?? '') ? 'ol' : 'ul';
    return (
      <List>
        {numbered.map(({ line, at }) => (
          <li key={at}>{spansOf(line.replace(item, ''), marked)}</li>
        ))}
      </List>
    );
  }
  return (
    <p dir="auto">
      {numbered.map(({ line, at }) => (
        <Fragment key={at}>
          {at > 0 && <br />}
          {spansOf(line, marked)}
        </Fragment>
      ))}
    </p>
  );
}

function spansOf(text: string, marked: boolean): ReactNode[] {
  const shown = (piece: string) => (marked ? <Marked text={piece} /> : piece);
  const spans: ReactNode[] = [];
  let from = 0;
  for (const found of text.matchAll(inline)) {
    const [all, bold, italic, code, label, address, bare] = found;
    const key = found.index;
    spans.push(<Fragment key={`before ${key}`}>{shown(text.slice(from, key))}</Fragment>);
    from = key + all.length;
    if (bold !== undefined) spans.push(<strong key={key}>{shown(bold)}</strong>);
    else if (italic !== undefined) spans.push(<em key={key}>{shown(italic)}</em>);
    else if (code !== undefined) spans.push(<code key={key}>{shown(code)}</code>);
    else {
      const to = address ?? bare ?? '';
      spans.push(
        <SafeLink key={key} to={to} label={label ?? to}>
          {shown(label ?? to)}
        </SafeLink>,
      );
    }
  }
  return [...spans, <Fragment key="rest">{shown(text.slice(from))}</Fragment>];
}

interface SafeLinkProps {
  to: string;
  label: string;
  /** The label as it is shown, where that differs. */
  children?: ReactNode;
}

/** Anything but a web address or a mailbox stays text. */
export function SafeLink({ to, label, children = label }: SafeLinkProps) {
  if (!/^(?:https?:\/\/|mailto:)/i.test(to) || !URL.canParse(to)) return children;
  return (
    <a href={to} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}
