import { Button } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { printPage } from '../../kit/printPage.ts';
import { saveFile } from '../../kit/saveFile.ts';
import { tellFailed } from '../../kit/tell.ts';

interface ReportButtonsProps {
  /** Of the file. */
  name: string;
  /** Makes the document. */
  report: () => Promise<string>;
  disabled?: boolean;
}

/** A document to file: printed, or saved as one file of HTML. */
export function ReportButtons({ name, report, disabled }: ReportButtonsProps) {
  const made = (then: (text: string) => void) => () =>
    report().then(then, (problem) => tellFailed('The report was not made', problem));
  return (
    <>
      <Button
        variant="default"
        disabled={disabled}
        leftSection={<IconPrinter size={16} stroke={1.6} />}
        onClick={made(printPage)}
      >
        Print or PDF
      </Button>
      <Button
        variant="default"
        disabled={disabled}
        leftSection={<IconDownload size={16} stroke={1.6} />}
        onClick={made((text) => saveFile(name, [text], 'text/html'))}
      >
        Save the report
      </Button>
    </>
  );
}
