import css from './printPage.module.css';

/** Prints a document beside this one; a browser's print makes a PDF as well. */
export function printPage(document_text: string): void {
  const frame = document.createElement('iframe');
  frame.className = css.frame ?? '';
  frame.title = 'The report, to be printed';
  frame.srcdoc = document_text;
  frame.addEventListener('load', () => {
    const inside = frame.contentWindow;
    if (!inside) return;
    inside.addEventListener('afterprint', () => frame.remove());
    inside.print();
  });
  document.body.append(frame);
}
