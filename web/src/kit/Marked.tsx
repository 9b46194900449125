import { useMemo } from 'react';
import { codePointText, markHostile } from './hostile.ts';
import css from './Marked.module.css';

/** Text with everything that hides in it made visible. What would turn the direction of the line is
 *  replaced by its mark, so it cannot act on the page. */
export function Marked({ text }: { text: string }) {
  const pieces = useMemo(() => markHostile(text), [text]);
  return pieces.map(({ text: piece, hostile }, at) => {
    const key = `${at} ${piece.length}`;
    if (!hostile) return <span key={key}>{piece}</span>;
    if (hostile.kind === 'mixed_alphabets') {
      return (
        <mark key={key} className={css.mixed} title="Letters of two alphabets in one word">
          <bdi>{piece}</bdi>
        </mark>
      );
    }
    return (
      <mark key={key} className={css.mark} title={hostile.name}>
        {codePointText(piece)}
      </mark>
    );
  });
}
