import type { ReadDocument } from '@wheelhouse/core';
import { extractText, getDocumentProxy, getMeta } from 'unpdf';

const most_pages = 2_000;

/** What a PDF says, a heading for each page. Pictures of text hold none.
 *  @throws Error whose message says what is wrong with it, in words */
export async function readPdf(bytes: Uint8Array): Promise<ReadDocument> {
  const pdf = await getDocumentProxy(bytes, {
    // Nothing in it is run, and nothing is fetched for it.
    isEvalSupported: false,
    useSystemFonts: false,
    disableFontFace: true,
    stopAtErrors: false,
  });
  if (pdf.numPages > most_pages) throw new Error(`has over ${most_pages} pages`);
  const { text: pages } = await extractText(pdf, { mergePages: false });
  const said = pages.map((page) => page.replaceAll(/[ \t]+/g, ' ').trim());
  if (!said.some(Boolean)) throw new Error('holds no text: its pages may be pictures');
  const meta = await getMeta(pdf).catch(() => undefined);
  const title: unknown = meta?.info?.Title;
  const text = said
    .flatMap((page, at) => (page ? [said.length > 1 ? `## Page ${at + 1}\n\n${page}` : page] : []))
    .join('\n\n');
  return {
    title: typeof title === 'string' && title.trim() ? title : null,
    text,
    url: null,
    language: null,
  };
}
