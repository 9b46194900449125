import { IconCheck, IconFile, IconMapPin, IconPhoto, IconVolume } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lineWords, type Message } from '@wheelhouse/core';
import { Markdown, SafeLink } from '../../../kit/Markdown.tsx';
import { members_query } from '../../../live/session.ts';
import { Mentioned } from '../Mentioned.tsx';
import { mentionsIn } from '../mention.ts';
import { FileView } from './FileView.tsx';
import css from './Said.module.css';

type Body = Message['body'];

interface MessageBodyProps {
  body: Body;
  conversation_id: string;
  /** What the customer said next, where it offers buttons. */
  picked?: string | null;
  /** Whether it is one among the team, which names some of them. */
  note?: boolean;
}

/** What a message holds, by its kind. Files and pictures are links: nothing from elsewhere is loaded
 *  before somebody asks for it. */
export function MessageBody(props: MessageBodyProps) {
  const { body, conversation_id, picked = null, note = false } = props;
  if ('file_id' in body) return <FileView conversation_id={conversation_id} body={body} />;
  switch (body.kind) {
    case 'text':
      return note ? <NoteWords text={body.text} /> : <Markdown text={body.text} />;
    case 'buttons':
      return (
        <>
          <Markdown text={body.text} />
          <Buttons buttons={body.buttons} picked={picked} />
        </>
      );
    case 'card':
      return (
        <>
          <p>
            <strong>{body.title}</strong>
          </p>
          {body.text && <Markdown text={body.text} />}
          {body.image_url && (
            <p className={css.file}>
              <IconPhoto size={16} stroke={1.6} aria-hidden="true" />
              <SafeLink to={body.image_url} label="Picture" />
            </p>
          )}
          <Buttons buttons={body.buttons} picked={picked} />
        </>
      );
    case 'location':
      return (
        <p className={css.file}>
          <IconMapPin size={16} stroke={1.6} aria-hidden="true" />
          <SafeLink
            to={`https://www.openstreetmap.org/?mlat=${body.latitude}&mlon=${body.longitude}`}
            label={body.label ?? `${body.latitude}, ${body.longitude}`}
          />
        </p>
      );
    case 'line':
      return <p>{lineWords(body)}</p>;
    default:
      return <FileLink body={body} />;
  }
}

/** What members say to each other, with those whom it names told apart. */
function NoteWords({ text }: { text: string }) {
  const people = useQuery(members_query).data?.rows ?? [];
  const ids = mentionsIn(text, people);
  const names = people.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
  return <Markdown text={text} say={(words) => <Mentioned text={words} names={names} />} />;
}

const file_faces = {
  image: { Icon: IconPhoto, word: 'Picture' },
  audio: { Icon: IconVolume, word: 'Sound' },
  file: { Icon: IconFile, word: 'File' },
} as const;

type Linked = Extract<Body, { url: string }>;

function FileLink({ body }: { body: Linked }) {
  const { Icon, word } = file_faces[body.kind];
  const alt = body.kind === 'image' ? body.alt : undefined;
  return (
    <p className={css.file}>
      <Icon size={16} stroke={1.6} aria-hidden="true" />
      <SafeLink to={body.url} label={alt ?? body.name ?? word} />
    </p>
  );
}

interface ButtonsProps {
  buttons: readonly { label: string; value?: string | undefined }[];
  /** What the customer said next; null while they have said nothing. */
  picked: string | null;
}

/** What was offered. Once the customer has answered, it shows which one they picked, if any. */
function Buttons({ buttons, picked }: ButtonsProps) {
  if (!buttons.length) return null;
  const answered = picked !== null;
  return (
    <ul
      className={css.offered}
      aria-label={answered ? 'Was offered to the customer' : 'Offered to the customer'}
    >
      {buttons.map(({ label, value }) => {
        const chosen = answered && (value ?? label) === picked;
        return (
          <li key={label} data-chosen={chosen || undefined} data-over={answered || undefined}>
            {chosen && <IconCheck size={14} stroke={2} aria-label="Picked" />}
            {label}
          </li>
        );
      })}
    </ul>
  );
}
