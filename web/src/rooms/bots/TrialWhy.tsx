import type { Trial } from '@wheelhouse/core';
import { VerdictMark } from '../../kit/VerdictMark.tsx';
import css from './TryPanel.module.css';

/** Nothing short of certain is shown as certain, and nothing above nothing as nothing. */
const share = (value: number): string => {
  if (value < 1 && value >= 0.995) return 'over .99';
  if (value > 0 && value < 0.005) return 'under .01';
  return value.toFixed(2).replace(/^0/, '');
};

/** Why a bot would do what it would: verdict, sureness, intent, passages. */
export function TrialWhy({ trial }: { trial: Trial }) {
  const { judged, confidence, intent, runner_up, passages, found, hand_off_below } = trial;
  return (
    <details className={css.why} open>
      <summary>
        {judged ? <VerdictMark verdict={judged.verdict} /> : 'Why'}
        {confidence !== null && <span className={css.sure}>sure {share(confidence)}</span>}
      </summary>
      <dl>
        {judged && (
          <>
            <dt>Gate {judged.gate}</dt>
            <dd>
              {judged.reasons.join('; ') || 'lets it pass'}
              {judged.policy_version === null && ' (this gate comes with the bot)'}
              {judged.spot_check > 0 &&
                `; people look at ${Math.round(judged.spot_check * 100)}% of what passes`}
            </dd>
          </>
        )}
        <dt>Intent</dt>
        <dd>
          {intent ? (
            <>
              <bdi>{intent.title}</bdi> {share(intent.confidence)}
              {runner_up && (
                <span className={css.fine}>
                  {' '}
                  then <bdi>{runner_up.title}</bdi> {share(runner_up.confidence)}
                </span>
              )}
            </>
          ) : (
            'none: it takes two intents to tell any apart'
          )}
        </dd>
        <dt>Articles</dt>
        <dd>
          {passages.length ? `sure ${share(found)} that the first answers` : 'none speaks of it'}
        </dd>
      </dl>
      {passages.length > 0 && (
        <ol className={css.passages}>
          {passages.map(({ article, title, heading, text, score, coverage }) => (
            <li key={`${article} ${text}`}>
              <span className={css.found}>
                <bdi>{[title, ...heading].join(' › ')}</bdi>
                <span className={css.fine}>
                  score {score.toFixed(1)}, has {Math.round(coverage * 100)}% of the question
                </span>
              </span>
              <span className={css.passage}>
                <bdi>{text}</bdi>
              </span>
            </li>
          ))}
        </ol>
      )}
      <p className={css.fine}>
        Under {share(hand_off_below)} it asks or hands over.
        {trial.written_by ? ` Written by ${trial.written_by}.` : ' In the words that you gave it.'}{' '}
        Took {Math.round(trial.spent_ms)} ms.
      </p>
    </details>
  );
}
