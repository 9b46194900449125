import { Marked } from '../../kit/Marked.tsx';
import css from './Mentioned.module.css';
import { mentionPieces } from './mention.ts';

/** Words of a note, with whoever is named in them told apart. */
export function Mentioned({ text, names }: { text: string; names: readonly string[] }) {
  return mentionPieces(text, names).map(({ start, piece, is_mention }) =>
    is_mention ? (
      <b key={start} className={css.mention}>
        <Marked text={piece} />
      </b>
    ) : (
      <Marked key={start} text={piece} />
    ),
  );
}
