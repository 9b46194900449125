import css from './KeyHint.module.css';
import { capsOf } from './keys.ts';

/** The key of an act, drawn on its control. Screen readers get it from `aria-keyshortcuts`. */
export function KeyHint({ of, on_accent }: { of: string; on_accent?: boolean }) {
  return (
    <span className={css.hint} data-on-accent={on_accent || undefined} aria-hidden="true">
      {capsOf(of).map((cap) => (
        <kbd key={cap} className={css.cap}>
          {cap}
        </kbd>
      ))}
    </span>
  );
}

/** A key as `aria-keyshortcuts` wants it. */
export const ariaKey = (key: string) => key.replace('mod', 'Control').replaceAll(' ', ' ');
