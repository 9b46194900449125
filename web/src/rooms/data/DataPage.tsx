import { useParams } from '@tanstack/react-router';
import { OutputPage } from './OutputPage.tsx';
import { OutputsPage } from './OutputsPage.tsx';

/** All outputs, or one output's life. */
export function DataPage() {
  const { output_id } = useParams({ strict: false }) as { output_id?: string };
  return output_id ? <OutputPage key={output_id} id={output_id} /> : <OutputsPage />;
}
