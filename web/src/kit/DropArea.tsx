import { type ReactNode, useState } from 'react';

interface DropAreaProps {
  className: string | undefined;
  onFiles: (files: File[]) => void;
  children: ReactNode;
}

/** Where files can be dropped; while some are held over it, it says so by `data-over`. What is dropped
 *  can be chosen by a button beside it too. */
export function DropArea({ className, onFiles, children }: DropAreaProps) {
  const [over, setOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the mouse's way to what the button does.
    <div
      className={className}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      {children}
    </div>
  );
}
