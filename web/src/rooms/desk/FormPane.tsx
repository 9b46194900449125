import type { Case, Json, Question, Values } from '@wheelhouse/core';
import { ActButton } from '../../kit/ActButton.tsx';
import { Marked } from '../../kit/Marked.tsx';
import { WhoBadge } from '../../kit/WhoBadge.tsx';
import { originalText, takeable } from './answer.ts';
import css from './FormPane.module.css';
import { ScoreBar } from './OptionList.tsx';
import { QuestionPane } from './questions.tsx';
import type { AnswerState } from './useAnswer.ts';

interface FormPaneProps {
  shown: Case;
  answer: AnswerState;
  /** The question that keys work on. */
  active: string | null;
  onActivate: (name: string) => void;
  disabled: boolean;
}

/** What is asked. The AI's own answer stands beside it and is taken over only when asked for. */
export function FormPane({ shown, answer, active, onActivate, disabled }: FormPaneProps) {
  const { form, suggestion } = shown;
  const questions = form.questions.filter(({ kind }) => kind !== 'verdict');
  const verdict = answer.verdict;
  const offer = takeable(shown);
  const title = form.title ?? verdict?.title;
  if (!questions.length && !form.instructions && !title && !verdict?.help) return null;
  return (
    <section className={css.form} aria-label="What is asked">
      {title && <h2 className={css.title}>{title}</h2>}
      {form.instructions && <p className={css.instructions}>{form.instructions}</p>}
      {form.title && verdict?.title && <p className={css.asked}>{verdict.title}</p>}
      {verdict?.help && <p className={css.instructions}>{verdict.help}</p>}
      {offer && (
        <Suggestion
          offer={offer}
          confidence={suggestion?.confidence ?? null}
          questions={questions}
          disabled={disabled}
          onTake={() => answer.setMany(offer)}
        />
      )}
      {questions.map((question) => (
        <QuestionPane
          key={question.name}
          question={question}
          value={answer.values[question.name]}
          onChange={(value) => answer.set(question.name, value)}
          active={active === question.name}
          onActivate={() => onActivate(question.name)}
          disabled={disabled}
          scores={questions.length === 1 ? (suggestion?.scores ?? null) : null}
          original={originalText(shown, question)}
          fault={
            answer.faults.find(({ field }) => field.startsWith(`values.${question.name}`))?.message
          }
          alone={questions.length === 1}
        />
      ))}
    </section>
  );
}

interface SuggestionProps {
  offer: Values;
  confidence: number | null;
  questions: readonly Question[];
  disabled: boolean;
  onTake: () => void;
}

/** What the AI says, and how sure it is: seen whole before it is taken over. */
function Suggestion({ offer, confidence, questions, disabled, onTake }: SuggestionProps) {
  const named = (question: Question, words: string) =>
    questions.length > 1 ? `${question.title ?? question.name}: ${words}` : words;
  const short = questions.flatMap((question) => {
    const words = wordsOf(question, offer[question.name]);
    return words ? [named(question, words)] : [];
  });
  const texts = questions.flatMap((question) => {
    const text = offer[question.name];
    return question.kind === 'text' && typeof text === 'string' ? [{ question, text }] : [];
  });
  return (
    <div className={css.suggestion}>
      <div className={css.says}>
        <WhoBadge who="ai" />
        {short.map((words) => (
          <bdi key={words} className={css.said}>
            {words}
          </bdi>
        ))}
        {confidence !== null && <ScoreBar score={confidence} />}
      </div>
      <ActButton act_key="f" size="compact-sm" disabled={disabled} onClick={onTake}>
        Fill in
      </ActButton>
      {texts.map(({ question, text }) => (
        <div key={question.name} className={css.text}>
          {questions.length > 1 && (
            <span className={css.of}>{question.title ?? question.name}</span>
          )}
          <p className={`${css.words} own-direction`}>
            <Marked text={text} />
          </p>
        </div>
      ))}
    </div>
  );
}

/** A suggested value in a few words; texts are too long for that and stand below. */
function wordsOf(question: Question, value: Json | undefined): string | null {
  if (value === undefined || question.kind === 'text') return null;
  const label = (one: Json) =>
    'options' in question
      ? (question.options.find((option) => option.value === one)?.label ?? String(one))
      : String(one);
  return Array.isArray(value) ? value.map(label).join(', ') : label(value);
}
