/** The little Markdown that messages have, as nodes: paragraphs, lists, bold, italic, code and links.
 *  No text ever becomes HTML, and a link leads only to the web or to a mailbox. */
const inline =
  /\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)|(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/g;

export function rendered(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const block of text.replaceAll('\r\n', '\n').split(/\n{2,}/)) {
    const lines = block.split('\n').filter((line) => line.trim() !== '');
    if (!lines.length) continue;
    if (lines.every((line) => /^\s*(?:[-*]|\d+[.)])\s+/.test(line))) {
      const list = document.createElement(/^\s*\d/.test(lines[0] ?? '') ? 'ol' : 'ul');
      for (const line of lines) {
        const item = document.createElement('li');
        spans(item, line.replace(/^\s*(?:[-*]|\d+[.)])\s+/, ''));
        list.append(item);
      }
      fragment.append(list);
      continue;
    }
    const paragraph = document.createElement('p');
    lines.forEach((line, at) => {
      if (at) paragraph.append(document.createElement('br'));
      spans(paragraph, line);
    });
    fragment.append(paragraph);
  }
  return fragment;
}

function spans(parent: HTMLElement, text: string): void {
  let from = 0;
  for (const found of text.matchAll(inline)) {
    parent.append(text.slice(from, found.index));
    from = found.index + found[0].length;
    const [, bold, italic, code, label, address, bare] = found;
    parent.append(
      bold !== undefined
        ? wrapped('strong', bold)
        : italic !== undefined
          ? wrapped('em', italic)
          : code !== undefined
            ? wrapped('code', code)
            : link(label ?? bare ?? '', address ?? bare ?? ''),
    );
  }
  parent.append(text.slice(from));
}

function wrapped(name: string, text: string): HTMLElement {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}

/** Anything but a web address or a mailbox stays text. */
export function link(label: string, address: string): HTMLElement | string {
  if (!/^(?:https?:\/\/|mailto:)/i.test(address) || !URL.canParse(address)) return label;
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.textContent = label;
  anchor.target = '_blank';
  anchor.rel = 'noopener noreferrer nofollow';
  return anchor;
}
