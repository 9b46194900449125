// The chips put words into the chat; the visitor sends them.
const told = document.querySelector('.told');
for (const chip of document.querySelectorAll('.chip')) {
  chip.addEventListener('click', () => {
    const chat = document.querySelector('wheelhouse-chat');
    if (chat?.write) {
      chat.write(chip.dataset.words);
      return;
    }
    told.textContent = 'The chat has not loaded. Is the server still running?';
    told.hidden = false;
  });
}

// The desk in a window of its own: shop left, desk right, where the screen has room for both.
const desk = document.querySelector('.open-desk');
desk.addEventListener('click', (event) => {
  const half = Math.floor(screen.availWidth / 2);
  if (half < 600) return;
  const place = `left=${half},top=0,width=${half},height=${screen.availHeight}`;
  if (window.open(desk.href, desk.target, `popup,${place}`)) event.preventDefault();
});
