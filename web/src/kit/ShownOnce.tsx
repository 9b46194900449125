import { CopyButton } from './CopyButton.tsx';
import css from './ShownOnce.module.css';

interface ShownOnceProps {
  /** What it is, such as "Key" or "Link". */
  what: string;
  text: string;
  /** Why it must be kept now. */
  say: string;
}

/** A secret that is shown this once: all of it, to select or to copy. */
export function ShownOnce({ what, text, say }: ShownOnceProps) {
  return (
    <div className={css.box}>
      <p className={css.say}>{say}</p>
      <div className={css.line}>
        <input
          className={css.text}
          aria-label={what}
          readOnly
          value={text}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
        <CopyButton text={text} data-autofocus>
          Copy
        </CopyButton>
      </div>
    </div>
  );
}
