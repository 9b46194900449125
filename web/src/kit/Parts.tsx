import { MessageBody, type Part } from '@wheelhouse/core';
import { JsonTree } from './JsonTree.tsx';
import { Markdown } from './Markdown.tsx';
import { Marked } from './Marked.tsx';
import css from './Parts.module.css';
import { WhoBadge } from './WhoBadge.tsx';
import { whoOf } from './who.ts';

const titles: Record<string, string> = {
  input: 'What came in',
  input_rest: 'More of what came in',
  content: 'What the AI proposes',
  messages: 'The conversation',
  facts: 'Facts',
};

interface PartsProps {
  parts: readonly Part[];
  /** Whether what was said, and would be, is of a conversation here, and so Markdown, whatever it says
   *  of itself. */
  of_conversation?: boolean;
}

/** The evidence, in the order it was given: what is known above what an AI says. */
export function Parts({ parts, of_conversation = false }: PartsProps) {
  return parts.map((part) => (
    <section key={`${part.kind} ${part.name}`} className={css.part} aria-label={titleOf(part)}>
      <h3 className={css.title}>
        {titleOf(part)}
        {isOfAi(part) && <WhoBadge who="ai" />}
      </h3>
      <PartBody part={part} of_conversation={of_conversation} />
    </section>
  ));
}

/** What an AI says, as text or as an object, is told apart from what is known. */
const isOfAi = ({ kind, name }: Part): boolean =>
  kind === 'prose' || (kind === 'json' && name === 'content');

const titleOf = ({ title, name }: Part) => title ?? titles[name] ?? name.replaceAll('_', ' ');

function PartBody({ part, of_conversation }: { part: Part; of_conversation: boolean }) {
  switch (part.kind) {
    case 'text':
      return (
        <div className={`${css.text} own-direction`} dir="auto">
          <Marked text={part.text} />
        </div>
      );
    case 'prose':
      return (
        <div className={`${css.prose} own-direction`} data-markdown={of_conversation || undefined}>
          {of_conversation ? <Markdown text={part.text} marked /> : <Marked text={part.text} />}
        </div>
      );
    case 'facts':
      return (
        <dl className={css.facts}>
          {part.facts.map(({ label, value }) => (
            <div key={`${label} ${value}`} className={css.fact}>
              <dt>
                <Marked text={label} />
              </dt>
              <dd className="at-its-label">
                <Marked text={value} />
              </dd>
            </div>
          ))}
        </dl>
      );
    case 'json': {
      const message = isOfAi(part) ? MessageBody.safeParse(part.value).data : undefined;
      if (message?.kind === 'buttons' || message?.kind === 'card') {
        return <Offer message={message} />;
      }
      return (
        <div className={css.json} data-of-ai={isOfAi(part) || undefined}>
          <JsonTree value={part.value} />
        </div>
      );
    }
    case 'messages':
      return <Transcript messages={part.messages} of_conversation={of_conversation} />;
  }
}

/** A message with buttons as the customer would see it. */
function Offer({ message }: { message: Extract<MessageBody, { kind: 'buttons' | 'card' }> }) {
  return (
    <div className={`${css.prose} own-direction`}>
      {message.kind === 'card' && (
        <strong>
          <Marked text={message.title} />
        </strong>
      )}
      {message.text && <Marked text={message.text} />}
      {message.buttons.length > 0 && (
        <ul className={css.offered} aria-label="Buttons for the customer">
          {message.buttons.map(({ label, value }) => (
            <li key={label} title={value && value !== label ? `Says: ${value}` : undefined}>
              <Marked text={label} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const clock = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

type Messages = Extract<Part, { kind: 'messages' }>['messages'];

function Transcript(props: { messages: Messages; of_conversation: boolean }) {
  return (
    <ol className={css.messages}>
      {props.messages.map((message, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a transcript is append-only, and its messages have no id.
        <Said key={place} message={message} of_conversation={props.of_conversation} />
      ))}
    </ol>
  );
}

function Said(props: { message: Messages[number]; of_conversation: boolean }) {
  const { from, text, at, author_kind } = props.message;
  const who = whoOf(props.message);
  const is_markdown = props.of_conversation || author_kind !== undefined;
  return (
    <li className={css.message} data-who={who}>
      <div className={css.from}>
        <WhoBadge who={who} name={from} />
        {at && !Number.isNaN(Date.parse(at)) && (
          <time dateTime={at} className={css.at}>
            {clock.format(new Date(at))}
          </time>
        )}
      </div>
      {is_markdown ? (
        <div className={css.markdown}>
          <Markdown text={text} marked />
        </div>
      ) : (
        <div className={`${css.said} own-direction`}>
          <Marked text={text} />
        </div>
      )}
    </li>
  );
}
