import css from './PromiseMark.module.css';
import { headWords, type StateCounts, stateTold } from './partWords.ts';

/** What a gate's promise has come to, in few words: of how many parts where they differ. */
export const PromiseMark = ({ parts }: { parts: StateCounts }) => (
  <span className={css.state} data-state={stateTold(parts)}>
    {headWords(parts)}
  </span>
);
