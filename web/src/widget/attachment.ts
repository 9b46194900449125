import type { SharedFile } from '@wheelhouse/core';
import type { Drawn } from './drawn.ts';
import { button, make } from './elements.ts';
import type { Upload } from './uploads.ts';
import type { Words } from './words.ts';

type Fetch = (file_id: string) => Promise<Blob>;

const most_pixels = 640;

/** A file that was shared: a picture is seen, a sound is heard, anything can be kept. It is fetched
 *  with what lets this visitor in, and drawn from memory in ways that no content policy forbids; a
 *  drawing that could hold a program (SVG) is only ever something to keep. */
export function sharedFile(words: Words, body: SharedFile, fetchFile: Fetch): HTMLElement {
  const element = make('div', 'file');
  const keep = button('keep', words.download.replace('{name}', body.name), () => {
    void fetchFile(body.file_id).then((blob) => save(blob, body.name), gone);
  });
  const gone = () => element.replaceChildren(make('span', 'fine', words.gone));
  keep.textContent = `${body.name} (${sizeOf(body.bytes)})`;
  keep.setAttribute('aria-label', `${keep.textContent}: ${words.download.replace('{name}', '')}`);
  element.append(keep);
  if (body.kind === 'image')
    void drawn(words, body, fetchFile).then((one) => element.prepend(one), gone);
  if (body.kind === 'audio') element.prepend(player(body, fetchFile, gone));
  return element;
}

async function drawn(words: Words, body: SharedFile, fetchFile: Fetch): Promise<HTMLElement> {
  const picture = await createImageBitmap(await fetchFile(body.file_id));
  const scale = Math.min(1, most_pixels / Math.max(picture.width, picture.height));
  const canvas = make('canvas', 'picture');
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', `${words.picture}: ${body.name}`);
  return canvas;
}

/** Plays from its beginning, and stops. */
function player(body: SharedFile, fetchFile: Fetch, gone: () => void): HTMLElement {
  let sound: { context: AudioContext; source: AudioBufferSourceNode } | undefined;
  const stop = () => {
    sound?.source.stop();
    void sound?.context.close();
    sound = undefined;
    play.textContent = '▶';
  };
  const start = async () => {
    const context = new AudioContext();
    const bytes = await (await fetchFile(body.file_id)).arrayBuffer();
    const source = context.createBufferSource();
    source.buffer = await context.decodeAudioData(bytes);
    source.connect(context.destination);
    source.onended = () => sound?.source === source && stop();
    source.start();
    sound = { context, source };
    play.textContent = '■';
  };
  const play = button('small', '▶', () => {
    if (sound) stop();
    else start().catch(gone);
  });
  play.setAttribute('aria-label', `▶ ${body.name}`);
  return play;
}

function save(blob: Blob, name: string): void {
  const anchor = make('a');
  anchor.href = URL.createObjectURL(blob);
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 60_000);
}

const sizeOf = (bytes: number): string =>
  bytes < 1_000_000
    ? `${Math.max(1, Math.round(bytes / 1_000))} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;

interface Acts {
  cancel(id: string): void;
  retry(): void;
}

/** A file on its way: how far it is, or why it is not. */
export function uploadRow(words: Words, { id, file }: Upload, limit: number, acts: Acts): Drawn {
  const bar = make('progress');
  bar.max = 1;
  const says = make('div', 'by');
  const again = button('again', words.retry_file, () => acts.retry());
  const cancel = button('again', words.cancel, () => acts.cancel(id));
  cancel.setAttribute('aria-label', `${words.cancel}: ${file.name}`);
  const name = make('div', 'bubble', `${file.name} (${sizeOf(file.size)})`);
  const element = make('div', 'row mine waits', name, bar, says, again, cancel);
  return {
    element,
    update({ uploads }) {
      const one = uploads.find((other) => other.id === id);
      if (!one) return;
      const { share, fault } = one;
      bar.value = share;
      bar.hidden = fault !== undefined;
      again.hidden = fault !== 'lost';
      cancel.textContent = fault ? words.remove.replace('{name}', '').trim() : words.cancel;
      const refused = { too_large: words.too_large, wrong_type: words.wrong_type };
      const told =
        fault === undefined
          ? words.uploading.replace('{n}', String(Math.round(share * 100)))
          : fault === 'lost' || fault === 'gone'
            ? words.offline
            : refused[fault];
      const whole = told
        .replace('{name}', file.name)
        .replace('{n}', String(Math.floor(limit / 1_000_000)));
      if (says.textContent !== whole) says.textContent = whole;
      bar.setAttribute('aria-label', whole);
    },
  };
}
