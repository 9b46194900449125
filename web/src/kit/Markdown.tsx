import { Fragment, type ReactNode } from 'react';

const inline =
  /\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)|(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/g;
const item = /^\s*(?:[-*]|\d+[.)])\s+/;

/** The little Markdown that messages have, as the customer sees it: paragraphs, lists, bold, italic,
 *  code and links. No text ever becomes HTML, and a link leads only to the web or to a mailbox. */
export function Markdown({ text }: { text: string }) {
  return blocksOf(text).map(({ at, lines }) => <Block key={at} lines={lines} />);
}

function blocksOf(text: string): { at: number; lines: string[] }[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n{2,}/)
    .map((block, at) => ({ at, lines: block.split('\n').filter((line) => line.trim() !== '') }))
    .filter(({ lines }) => lines.length > 0);
}

function Block({ lines }: { lines: string[] }) {
  const numbered = lines.map((line, at) => ({ line, at }));
  if (lines.every((line) => item.test(line))) {
    const List = /^\s*\d/.test(lines[0] ?? '') ? 'ol' : 'ul';
    return (
      <List>
        {numbered.map(({ line, at }) => (
          <li key={at}>{spansOf(line.replace(item, ''))}</li>
        ))}
      </List>
    );
  }
  return (
    <p dir="auto">
      {numbered.map(({ line, at }) => (
        <Fragment key={at}>
          {at > 0 && <br />}
          {spansOf(line)}
        </Fragment>
      ))}
    </p>
  );
}

function spansOf(text: string): ReactNode[] {
  const spans: ReactNode[] = [];
  let from = 0;
  for (const found of text.matchAll(inline)) {
    const [all, bold, italic, code, label, address, bare] = found;
    spans.push(text.slice(from, found.index));
    from = found.index + all.length;
    const key = found.index;
    if (bold !== undefined) spans.push(<strong key={key}>{bold}</strong>);
    else if (italic !== undefined) spans.push(<em key={key}>{italic}</em>);
    else if (code !== undefined) spans.push(<code key={key}>{code}</code>);
    else spans.push(<SafeLink key={key} to={address ?? bare ?? ''} label={label ?? bare ?? ''} />);
  }
  return [...spans, text.slice(from)];
}

/** Anything but a web address or a mailbox stays text. */
export function SafeLink({ to, label }: { to: string; label: string }) {
  if (!/^(?:https?:\/\/|mailto:)/i.test(to) || !URL.canParse(to)) return label;
  return (
    <a href={to} target="_blank" rel="noopener noreferrer nofollow">
      {label}
    </a>
  );
}
