/** Files that are dropped on the panel; while they hang over it, it says so. */
export function takeDropped(panel: HTMLElement, words: string, share: (files: File[]) => void) {
  const holds = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false;
  panel.addEventListener('dragover', (event) => {
    if (!holds(event)) return;
    event.preventDefault();
    panel.setAttribute('data-drop', words);
  });
  const leave = () => panel.removeAttribute('data-drop');
  panel.addEventListener('dragleave', leave);
  panel.addEventListener('drop', (event) => {
    leave();
    if (!holds(event)) return;
    event.preventDefault();
    share([...(event.dataTransfer?.files ?? [])]);
  });
}
