import { IconFile, IconMapPin, IconPhoto, IconVolume } from '@tabler/icons-react';
import type { Message } from '@wheelhouse/core';
import { Markdown, SafeLink } from '../../../kit/Markdown.tsx';
import css from './Conversation.module.css';
import { FileView } from './FileView.tsx';
import { lineWords } from './words.ts';

type Body = Message['body'];

interface MessageBodyProps {
  body: Body;
  conversation_id: string;
}

/** What a message holds, by its kind. Files and pictures are links: nothing from elsewhere is loaded
 *  before somebody asks for it. */
export function MessageBody({ body, conversation_id }: MessageBodyProps) {
  if ('file_id' in body) return <FileView conversation_id={conversation_id} body={body} />;
  switch (body.kind) {
    case 'text':
      return <Markdown text={body.text} />;
    case 'buttons':
      return (
        <>
          <Markdown text={body.text} />
          <Buttons labels={body.buttons.map(({ label }) => label)} />
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
          <Buttons labels={body.buttons.map(({ label }) => label)} />
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

function Buttons({ labels }: { labels: string[] }) {
  if (!labels.length) return null;
  return (
    <ul className={css.offered} aria-label="Offered to the customer">
      {labels.map((label) => (
        <li key={label}>{label}</li>
      ))}
    </ul>
  );
}
